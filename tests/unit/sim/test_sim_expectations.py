"""What goes wrong on purpose: where, for whom, how often; and tokens without a sign-in."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from sim_client import PASSWORD, Stand, query
from starlette.routing import Route

from esia_sim import create_app
from esia_sim.expectations import ENDPOINTS
from esia_sim.met import name_of

ANNA = "+7(900)000-01-01"


def expect(stand: Stand, when: dict[str, Any], then: dict[str, Any], times: int = 1):
    body = {"when": when, "then": then, "times": times}
    return stand.browser.post("/_sim/expectations", json=body)


def ask(stand: Stand):
    return stand.browser.get("/aas/oauth2/ac", params=stand.params())


def claims(token: str) -> dict[str, Any]:
    return json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))


def messages(stand: Stand, to: str = "anna") -> list[Any]:
    return stand.browser.get("/_sim/messages", params={"to": to}).json()["messages"]


def test_an_error_comes_in_the_form_of_its_endpoint_and_once(stand: Stand):
    stand.browser.sign_in_as("anna")
    expect(stand, {"endpoint": "authorize"}, {"error": "ESIA-007007"})

    first, second = ask(stand), ask(stand)

    assert "ESIA-007007" in query(first)["error_description"]
    assert query(second)["code"]
    [left] = stand.browser.get("/_sim/expectations").json()["expectations"]
    assert (left["consumed"], left["left"]) == (1, 0)


def test_the_nth_call_of_one_person_is_hit_and_nobody_else(stand: Stand):
    when = {"endpoint": "token", "person": "anna", "nth": 2}
    expect(stand, when, {"error": "ESIA-007011"})

    fine = stand.tokens("vera")
    also_fine = stand.tokens("anna")
    refused = stand.browser.post("/aas/oauth2/te", data=stand.token_params(code=stand.code("anna")))

    assert "access_token" in fine
    assert "access_token" in also_fine
    assert "ESIA-007011" in refused.json()["error_description"]


def test_a_rest_resource_and_a_page_can_break(stand: Stand):
    token = stand.tokens(scope="openid fullname contacts")["access_token"]
    expect(stand, {"endpoint": "contacts"}, {"error": "ESIA-005011"})
    expect(stand, {"endpoint": "login"}, {"status": 502})

    contacts = stand.rest("/rs/prns/1000000101/ctts", token)
    stand.browser.cookies.clear()
    login = stand.browser.fill("/login", login=ANNA, password=PASSWORD)

    assert (contacts.status_code, contacts.json()["code"]) == (401, "ESIA-005011")
    assert (login.status_code, login.headers["content-type"]) == (502, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    ("how", "claim"), [("audience", "aud"), ("issuer", "iss"), ("expired", "exp")]
)
def test_a_token_is_spoilt_in_one_thing(stand: Stand, how: str, claim: str):
    good = claims(stand.tokens()["id_token"])
    expect(stand, {"endpoint": "token"}, {"spoil": how})

    spoilt = claims(stand.tokens()["id_token"])

    assert spoilt[claim] != good[claim]
    assert spoilt["sub"] == good["sub"]


def test_a_spoilt_signature_leaves_the_claims_alone(stand: Stand):
    expect(stand, {"endpoint": "token"}, {"spoil": "signature"})

    token = stand.tokens()["access_token"]

    assert stand.rest("/rs/prns/1000000101", token).status_code == 401
    assert claims(token)["urn:esia:sbj_id"] == 1000000101


def test_the_page_of_the_one_time_code_can_break_for_one_person(stand: Stand):
    expect(stand, {"endpoint": "code", "person": "anna"}, {"status": 502})
    stand.browser.fill("/login", login=ANNA, password=PASSWORD)
    code = messages(stand)[-1]["code"]

    shown = stand.browser.get("/login/code")
    broken = stand.browser.fill("/login/code", code=code)
    repaired = stand.browser.fill("/login/code", code=code)

    assert [one.status_code for one in (shown, broken, repaired)] == [200, 502, 302]


OURS = ("/_sim", "/logs/", "/static", "/phone/", "/qr/")  # the stand itself, and a person's phone


def test_every_endpoint_meets_expectations(stand: Stand):
    asked_inside = {
        "/login",
        "/rs/{path:path}",
        "/idp/ext/Logout",
        "/oidc/authorize",
        "/oidc/token",
    }
    paths = {route.path for route in create_app().routes if isinstance(route, Route)}

    named = {path: name_of(path) for path in paths if not path.startswith(OURS)}

    left = {path for path, name in named.items() if name is None}
    assert left == asked_inside | {path for path in paths if path.startswith("/aas/")}
    assert set(named.values()) - {None} <= set(ENDPOINTS)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("portal", "/services"),
        ("authority", "/ca.crt"),
        ("keys", "/oidc/jwks"),
        ("keys", "/public/esia.zip"),
        ("discovery", "/.well-known/openid-configuration"),
        ("userinfo", "/oidc/userinfo"),
    ],
)
def test_an_address_breaks_once_and_by_its_name(stand: Stand, name: str, path: str):
    expect(stand, {"endpoint": name}, {"status": 503})

    assert stand.browser.get(path).status_code == 503
    assert stand.browser.get(path).status_code != 503


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("login_sms", "/login/sms"),
        ("login_app", "/login/app"),
        ("login_signature", "/login/signature"),
        ("registration", "/registration"),
        ("recovery", "/recovery"),
        ("revoke", "/oidc/revoke"),
        ("introspect", "/oidc/introspect"),
    ],
)
def test_what_a_person_or_a_client_sends_breaks_by_its_name(stand: Stand, name: str, path: str):
    expect(stand, {"endpoint": name}, {"status": 503})

    assert stand.browser.get(path).status_code != 503
    assert stand.browser.post(path).status_code == 503


def test_an_sms_that_is_late_comes_by_the_clock(stand: Stand):
    expect(stand, {"endpoint": "sms", "person": "anna"}, {"delay": 60})
    stand.browser.fill("/login", login=ANNA, password=PASSWORD)
    assert messages(stand) == []

    stand.clock.advance(timedelta(seconds=61))

    assert messages(stand)[0]["code"]


def test_an_sms_that_is_lost_never_comes(stand: Stand):
    expect(stand, {"endpoint": "sms"}, {"drop": True})
    stand.browser.fill("/login", login=ANNA, password=PASSWORD)

    stand.clock.advance(timedelta(hours=1))

    assert messages(stand) == []


def test_expectations_are_forgotten_one_by_one_and_by_a_reset(stand: Stand):
    one = expect(stand, {"endpoint": "sms"}, {"drop": True}).json()["id"]
    expect(stand, {"endpoint": "email"}, {"drop": True})

    stand.browser.call("DELETE", "/_sim/expectations", params={"id": one})
    left = stand.browser.get("/_sim/expectations").json()["expectations"]
    stand.browser.post("/_sim/reset")

    assert [each["when"]["endpoint"] for each in left] == ["email"]
    assert stand.browser.get("/_sim/expectations").json()["expectations"] == []


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"when": {"endpoint": "token"}, "then": {}},
        {"when": {"endpoint": "nowhere"}, "then": {"drop": True}},
        {"when": {"endpoint": "token"}, "then": {"error": "x"}},
        {"when": {"endpoint": "token"}, "then": {"status": 200}},
        {"when": {"endpoint": "token"}, "then": {"hold": "no gate"}},
        {"when": {"endpoint": "sms"}, "then": {"hold": "gate"}},
        {"when": {"endpoint": "token"}, "then": {"delay": {"from": 2, "to": 1}}},
        {"when": {"endpoint": "token"}, "then": {"delay": {"median": 1, "to": 1}}},
        {"when": {"endpoint": "token"}, "then": {"delay": True}},
        {"profile": "odd"},
        {"profile": "slow", "times": 2},
        {"when": {"endpoint": "sms"}, "then": {"spoil": "issuer"}},
        {"when": {"endpoint": "login"}, "then": {"spoil": "issuer"}},
        {"when": {"endpoint": "token", "nth": 0}, "then": {"drop": True}},
        {"when": {"endpoint": "token"}, "then": {"delay": 1, "drop": True}},
        {"when": {"endpoint": "token"}, "then": {"drop": True}, "times": "often"},
    ],
)
def test_what_cannot_be_expected_is_refused_by_name(stand: Stand, body: dict[str, Any]):
    answer = stand.browser.post("/_sim/expectations", json=body)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_tokens_are_minted_for_anybody_and_any_lifetime(stand: Stand):
    fresh = stand.browser.post(
        "/_sim/tokens", json={"person": "vera", "scope": "openid fullname snils"}
    ).json()
    old = stand.browser.post("/_sim/tokens", json={"person": "vera", "lifetime": -60}).json()

    assert stand.rest("/rs/prns/1000000103", fresh["access_token"]).json()["snils"]
    assert stand.rest("/rs/prns/1000000103", old["access_token"]).json()["code"] == "ESIA-005013"


@pytest.mark.parametrize(
    "body", [{"person": "nobody"}, {"person": "anna", "scope": "all"},
             {"person": "anna", "lifetime": "long"}, {"person": "anna", "spoil": "all"}],
)  # fmt: skip
def test_a_token_that_makes_no_sense_is_not_minted(stand: Stand, body: dict[str, Any]):
    assert stand.browser.post("/_sim/tokens", json=body).status_code in {400, 404}
