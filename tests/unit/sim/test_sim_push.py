"""Signing in with the phone: pushes, QR codes, a finger; one answer counts, nobody learns more."""

import base64
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from sim_client import PASSWORD, Stand, query

ANNA, PAVEL, NOBODY = "+7(900)000-01-01", "+7(900)000-01-04", "+7 900 999-99-99"


def ask(stand: Stand, login: str = ANNA):
    return stand.browser.fill("/login/app", login=login)


def push_of(stand: Stand, person: str = "anna") -> dict[str, Any]:
    asked = {"to": person, "channel": "push"}
    return stand.browser.get("/_sim/messages", params=asked).json()["messages"][-1]


def answer(stand: Stand, said: str = "allow", push: str = ""):
    push = push or push_of(stand)["push"]
    return stand.browser.post(f"/_sim/push/{push}", json={"answer": said})


def press(stand: Stand, said: str, person: str = "anna"):
    """Press a button on the phone, in a browser of its own."""
    phone = stand.new_browser()
    page = phone.get(f"/phone/{person}").text
    form = r'action="([^"]+/push/[^"]+)".*?name="secret" value="([^"]+)"'
    found = re.search(form, page, re.DOTALL)
    assert found, page
    return phone.post(found[1], data={"secret": found[2], "answer": said})


def enter_password(stand: Stand) -> None:
    stand.browser.fill("/login", login=ANNA, password=PASSWORD)


def ask_for_finger(stand: Stand) -> None:
    enter_password(stand)
    token = stand.browser.get("/login/code").text.split('name="token" value="')[1].split('"')[0]
    stand.browser.post("/login/biometrics", data={"token": token})


def test_an_allowed_push_signs_in_with_two_factors(stand: Stand):
    stand.browser.get("/aas/oauth2/ac", params=stand.params())
    ask(stand)
    assert "Подтвердите вход на телефоне" in stand.browser.get("/login/wait").text

    answer(stand)

    assert stand.browser.get("/login/wait/state").json() == {"done": True}
    assert stand.browser.get("/login/wait").headers["Location"] == "/login/consent"
    assert stand.world.sign_ins["anna"][-1].ways == ("push",)


def test_the_phone_shows_the_same_number_and_who_asks(stand: Stand):
    stand.browser.get("/aas/oauth2/ac", params=stand.params())
    ask(stand)

    number = re.search(r'<p class="big center">(\d\d)</p>', stand.browser.get("/login/wait").text)

    assert number
    assert f"Число на экране: {number[1]}" in push_of(stand)["text"]
    assert "Проверка" in push_of(stand)["text"]
    assert push_of(stand)["code"] is None


def test_a_denied_push_says_so_and_lets_nobody_in(stand: Stand):
    ask(stand)

    press(stand, "deny")

    assert "Вход отклонён на телефоне" in stand.browser.get("/login/wait").text
    assert "anna" not in stand.world.sign_ins


def test_a_push_is_answered_once(stand: Stand):
    ask(stand)
    push = push_of(stand)["push"]

    first, second = answer(stand, "deny", push), answer(stand, "allow", push)

    assert (first.status_code, second.status_code) == (200, 409)
    assert "Отклонено" in stand.browser.get("/phone/anna").text


def test_an_answer_after_its_time_counts_for_nothing(stand: Stand):
    ask(stand)
    push = push_of(stand)["push"]
    stand.clock.advance(timedelta(seconds=121))

    late = answer(stand, "allow", push)

    assert late.status_code == 404
    assert "Время вышло" in stand.browser.get("/login/wait").text


def test_nobody_answers_for_somebody_else(stand: Stand):
    ask(stand)
    push = push_of(stand)["push"]

    foreign = stand.browser.post(f"/phone/vera/push/{push}", data={"answer": "allow"})
    forged = stand.browser.post(
        f"/phone/anna/push/{push}", data={"answer": "allow", "secret": "guess"}
    )

    assert (foreign.status_code, forged.status_code) == (410, 403)
    assert stand.browser.get("/login/wait/state").json() == {"done": False}


@pytest.mark.parametrize("login", [NOBODY, PAVEL])
def test_who_has_no_account_or_no_app_waits_on_the_same_page(stand: Stand, login: str):
    def bare(text: str) -> str:
        return re.sub(r">\d\d<", "><", text)

    ask(stand)
    of_anna = bare(stand.browser.get("/login/wait").text)
    stand.browser.cookies.clear()
    ask(stand, login)

    assert bare(stand.browser.get("/login/wait").text) == of_anna


def test_a_phone_cannot_be_made_to_ring_without_end(stand: Stand):
    for _ in range(4):
        stand.browser.cookies.clear()
        ask(stand)

    rings = stand.browser.get("/_sim/messages", params={"to": "anna", "channel": "push"}).json()

    assert len(rings["messages"]) == 1


def test_a_short_code_typed_on_the_phone_lets_the_waiting_browser_in(stand: Stand):
    stand.browser.get("/login/qr")
    page = stand.browser.get("/login/wait").text
    code = re.search(r'id="short-code">([A-Z0-9-]+)<', page)
    assert code
    assert "<svg" in page

    stand.new_browser().post("/phone/anna/qr", data={"code": code[1].lower()})
    press(stand, "allow")

    assert stand.browser.get("/login/wait").headers["Location"] == "/"
    assert stand.world.sign_ins["anna"][-1].ways == ("qr",)


def test_a_code_that_no_screen_shows_is_refused_on_the_phone(stand: Stand):
    refused = stand.browser.post("/phone/anna/qr", data={"code": "AAAA-BBBB"})

    assert "Такого кода сейчас нет" in refused.text


def test_a_finger_takes_the_place_of_the_code(stand: Stand):
    ask_for_finger(stand)

    press(stand, "miss")
    press(stand, "allow")

    assert stand.browser.get("/login/wait").status_code == 302
    assert stand.world.sign_ins["anna"][-1].ways == ("password", "biometrics")


def test_a_finger_that_is_not_recognised_three_times_leads_back_to_the_code(stand: Stand):
    ask_for_finger(stand)

    for _ in range(3):
        press(stand, "miss")

    assert 'href="/login/code"' in stand.browser.get("/login/wait").text
    assert "anna" not in stand.world.sign_ins


def test_the_token_says_how_many_factors_there_were(stand: Stand):
    stand.browser.fill("/login/sms", login=ANNA)
    stand.browser.fill("/login/sms/code", code=stand.last_code())
    stand.browser.get("/aas/oauth2/ac", params=stand.params())
    stand.browser.fill("/login/consent", decision="allow")
    code = query(stand.browser.get("/aas/oauth2/ac", params=stand.params()))["code"]

    answered = stand.browser.post("/aas/oauth2/te", data=stand.token_params(code=code)).json()

    payload = answered["id_token"].split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert (claims["urn:esia-sim:factors"], claims["amr"]) == (1, "PWD")


def test_a_step_up_asks_for_another_factor_than_the_first(stand: Stand):
    stand.browser.fill("/login/sms", login=ANNA)
    stand.browser.fill("/login/sms/code", code=stand.last_code())

    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params() | {"esia_sim_step_up": "1"})
    stepping = stand.browser.get(asked.headers["Location"])
    page = stand.browser.get(stepping.headers["Location"])
    stand.browser.fill("/login/code", code=stand.last_code())

    assert asked.headers["Location"] == "/login/step-up"
    assert "Код из письма" in page.text
    assert stand.world.sign_ins["anna"][-1].ways == ("sms", "email")


@pytest.mark.parametrize(
    ("way", "page"),
    [
        ("sms", "/login/sms"),
        ("app", "/login/app"),
        ("signature", "/login/signature"),
        ("password", "/login"),
        ("biometrics", "/login"),
    ],
)
def test_the_preferred_way_opens_first(stand: Stand, way: str, page: str):
    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params() | {"esia_sim_way": way})

    assert asked.headers["Location"] == page


@pytest.mark.parametrize("wrong", [{"esia_sim_way": "magic"}, {"esia_sim_step_up": "yes"}])
def test_an_extension_with_a_wrong_value_is_refused(stand: Stand, wrong: dict[str, str]):
    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params() | wrong)

    assert "ESIA-007003" in query(asked)["error_description"]
