"""Row E5: every fault of the exchange with ESIA ends in the cabinet with a code and a way on."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import Simulator


@pytest.mark.parametrize(
    ("endpoint", "then", "code", "words"),
    [
        ("authorize", {"error": "ESIA-007004"}, "AUTH-403", "не разрешили"),
        ("authorize", {"error": "ESIA-007007"}, "AUTH-502", "ответила ошибкой"),
        ("token", {"error": "ESIA-007011"}, "AUTH-502", "ответила ошибкой"),
        ("token", {"status": 500}, "AUTH-503", "не отвечает"),
        ("token", {"drop": True}, "AUTH-503", "не отвечает"),
        ("token", {"spoil": "signature"}, "AUTH-401", "Недействительный токен"),
        ("token", {"spoil": "audience"}, "AUTH-401", "Недействительный токен"),
        ("token", {"spoil": "issuer"}, "AUTH-401", "Недействительный токен"),
        ("token", {"spoil": "expired"}, "AUTH-401", "Недействительный токен"),
        ("person", {"status": 502}, "AUTH-503", "не отвечает"),
        ("contacts", {"error": "ESIA-005011"}, "AUTH-502", "ответила ошибкой"),
    ],
)
def test_e5_a_fault_of_the_exchange_has_its_code_its_words_and_a_way_on(
    cabinet: Page, simulator: Simulator, endpoint: str, then: dict[str, Any], code: str, words: str
):
    person = simulator.new_person()
    simulator.put_session(cabinet.context, person)
    when = {"endpoint": endpoint, "person": person.key}
    simulator.esia.expect(when, then)

    cabinet.goto("/auth/esia/login")

    start = SignInScreen(cabinet).arrived()
    start.expect_refusal(code, words)
    expect_accessible(cabinet)
    start.refusal.get_by_role("link", name="Войти ещё раз").click()
    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()
