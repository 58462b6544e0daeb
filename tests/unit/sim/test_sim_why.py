"""Why a request was refused: rule, expected, received, and hints about a signature."""

import base64
import json
import re
from dataclasses import replace
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import pkcs7
from sim_client import GostSigner, Signer, Stand

from esia_sim import Config
from esia_sim.esia_codes import Code
from esia_sim.why_texts import RULES

ENGLISH = re.compile(r"[a-z]{3,} [a-z]{3,}")  # two words side by side; names of parameters stay
AC, V2, TE = "/aas/oauth2/ac", "/aas/oauth2/v2/ac", "/aas/oauth2/te"


def why(answer: httpx.Response) -> dict[str, Any]:
    return json.loads(answer.headers["X-Sim-Why"])


def hints_for(stand: Stand, params: dict[str, str], path: str = AC) -> str:
    return " | ".join(why(stand.browser.get(path, params=params))["hints"])


def signed(signer: Signer, message: str, *options: pkcs7.PKCS7Options) -> str:
    der = signer.der(message, pkcs7.PKCS7Options.DetachedSignature, *options)
    return base64.urlsafe_b64encode(der).decode()


def parts(stand: Stand, *names: str, **changes: str) -> tuple[dict[str, str], str]:
    params = stand.params()
    return params, "".join((params | changes)[name] for name in names)


def test_an_unregistered_address_is_told_beside_those_that_are(stand: Stand):
    answer = stand.browser.get(AC, params=stand.params(redirect_uri="https://evil.example/"))

    assert why(answer) == {
        "code": "ESIA-007023",
        "rule": "адрес redirect_uri зарегистрирован для системы",
        "expected": ["cabinet.example"],
        "received": "https://evil.example/",
    }


def test_the_error_page_tells_why_in_a_section_of_its_own(stand: Stand):
    page = stand.browser.get(AC, params=stand.params(redirect_uri="https://evil.example/")).text

    assert "Почему отказано" in page
    assert "https://evil.example/" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": None},
        {"client_id": "NOBODY"},
        {"redirect_uri": None},
        {"redirect_uri": "https://evil.example/"},
    ],
)
def test_the_error_page_tells_why_in_russian(stand: Stand, changes: dict[str, str | None]):
    page = stand.browser.get(AC, params=stand.params(**changes)).text

    told = page.partition("<details")[2].partition("</details>")[0]
    assert "Правило" in told
    assert not ENGLISH.search(re.sub("<[^>]*>", "|", told)), told


@pytest.mark.parametrize("code", [*Code])
def test_every_rule_is_told_in_russian(code: Code):
    assert re.search("[а-яё]{3}", RULES[code])
    assert not ENGLISH.search(RULES[code])


def test_hints_about_a_signature_are_told_in_russian(stand: Stand):
    wrong = ("AA AA%+-\nab", "ab" * 64, signed(stand.signer, "x"), base64.b64encode(bytes(64)))
    told = [hints_for(stand, stand.params() | {"client_secret": str(one)}) for one in wrong]

    assert all(told)
    assert not any(ENGLISH.search(one) for one in told), told


def test_a_reason_too_long_for_a_header_is_cut_to_its_rule(stand: Stand):
    params = stand.params(state="s" * 7000) | {"client_secret": "AAAA"}

    answer = stand.browser.get(AC, params=params)

    assert set(why(answer)) == {"code", "rule"}


def test_a_scope_that_was_not_granted_is_named(stand: Stand):
    answer = stand.browser.get(AC, params=stand.params(scope="openid vehicles"))

    assert why(answer)["received"] == ["vehicles"]


def test_a_missing_parameter_is_named(stand: Stand):
    answer = stand.browser.get(AC, params=stand.params(response_type=None))

    assert why(answer)["expected"] == ["response_type"]


def test_a_time_far_away_is_told_beside_the_clock(stand: Stand):
    answer = stand.browser.get(AC, params=stand.params(timestamp="2020.01.01 00:00:00 +0000"))

    assert why(answer)["received"] == "2020.01.01 00:00:00 +0000"


def test_a_used_code_is_told_from_an_expired_one(stand: Stand):
    code = stand.code()
    stand.browser.post(TE, data=stand.token_params(code=code))
    used = stand.browser.post(TE, data=stand.token_params(code=code))
    late = stand.code()
    stand.browser.post("/_sim/clock", json={"advance": "3m"})
    expired = stand.browser.post(TE, data=stand.token_params(code=late))

    assert "уже использован" in why(used)["received"]
    assert "срок вышел" in why(expired)["received"]
    assert set(used.json()) == {"error", "error_description", "state"}


def test_the_exact_signed_text_is_told(stand: Stand):
    params, message = parts(stand, "scope", "timestamp", "client_id", "state")
    params["client_secret"] = signed(stand.signer, "something else")

    told = why(stand.browser.get(AC, params=params))

    assert told["signed"] == message
    assert "другой ключ или другое содержание" in told["hints"][-1]


@pytest.mark.parametrize(
    ("names", "changes", "hint"),
    [
        (("client_id", "scope", "timestamp", "state"), {}, "в порядке client_id, scope"),
        (("scope", "timestamp", "client_id"), {}, "без state"),
        (("scope", "timestamp", "client_id", "state"), {"timestamp": "space"}, "стал пробелом"),
        (("scope", "timestamp", "client_id", "state"), {"timestamp": "bare"}, "нет смещения"),
    ],
)
def test_a_near_message_that_was_signed_instead_is_found(
    stand: Stand, names: tuple[str, ...], changes: dict[str, str], hint: str
):
    params = stand.params()
    time = params["timestamp"]
    spelt = {"space": time.replace("+", " "), "bare": time.rpartition(" ")[0]}
    told = params | {name: spelt[how] for name, how in changes.items()}
    params["client_secret"] = signed(stand.signer, "".join(told[name] for name in names))

    assert hint in hints_for(stand, params)


@pytest.mark.parametrize(
    ("secret", "hint"),
    [
        ("-----BEGIN PKCS7-----\nAAAA\n-----END PKCS7-----", "— PEM"),
        ("AA AA", "плюс отправлен как есть"),
        ("AA%2BAA", "закодирован дважды"),
        ("A+A-", "два алфавита"),
        ("ab" * 64, "в шестнадцатеричном виде"),
        ("AAAA\nAAAA", "переводы строк"),
        (base64.b64encode(bytes(64)).decode(), "подпись для v2"),
    ],
)
def test_a_secret_in_a_wrong_form_is_recognised(stand: Stand, secret: str, hint: str):
    assert hint in hints_for(stand, stand.params() | {"client_secret": secret})


def test_another_order_of_the_bytes_of_gost_is_recognised(stand: Stand, gost_signer: GostSigner):
    params = stand.v2_params(gost_signer)
    raw = base64.urlsafe_b64decode(params["client_secret"] + "==")
    params["client_secret"] = base64.urlsafe_b64encode(raw[::-1]).decode()

    assert "КриптоПро" in hints_for(stand, params, V2)


def test_an_attached_signature_is_told_from_a_detached_one(stand: Stand):
    params = stand.params()
    attached = base64.urlsafe_b64encode(stand.signer.der("x")).decode()

    assert "прикреплённая" in hints_for(stand, params | {"client_secret": attached})
    assert "откреплённая" in hints_for(stand, params | {"client_secret": signed(stand.signer, "x")})


def test_a_code_in_the_signed_text_is_masked(stand: Stand, gost_signer: GostSigner):
    code = stand.v2_code(gost_signer)
    params = stand.v3_params(gost_signer, code=code, state="s") | {"state": "other"}

    told = why(stand.browser.post("/aas/oauth2/v3/te", data=params))

    assert told["signed"].endswith("<code>")
    assert code not in json.dumps(told)


def test_a_refused_token_is_explained(stand: Stand):
    assert why(stand.rest("/rs/prns/1000000101", "no"))["code"] == "ESIA-005011"


def test_a_faithful_stand_explains_nothing(config: Config, signer: Signer):
    stand = Stand(replace(config, faithful=True), signer)

    answer = stand.browser.get(AC, params=stand.params(redirect_uri="https://evil.example/"))

    assert "X-Sim-Why" not in answer.headers
    assert "Почему отказано" not in answer.text


def test_an_error_that_a_test_has_set_is_told_from_a_real_one(stand: Stand):
    body = {"when": {"endpoint": "authorize"}, "then": {"error": "ESIA-007005"}}
    stand.browser.post("/_sim/expectations", json=body)

    told = why(stand.browser.get(AC, params=stand.params()))

    assert told["rule"] == "так велит ожидание теста: expectation-1"
