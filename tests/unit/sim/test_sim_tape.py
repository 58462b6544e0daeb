"""The tape: everything of a sign-in in its order, secrets masked, in three forms."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sim_client import PASSWORD, STATE, Stand, query

ANNA, VERA = "+7(900)000-01-01", "+7(900)000-01-03"
AC, TE = "/aas/oauth2/ac", "/aas/oauth2/te"


def tape(stand: Stand, world: str = "", **query_: str) -> list[dict[str, Any]]:
    return stand.browser.get(f"{world}/_sim/requests", params=query_).json()["entries"]


def sign_in(stand: Stand, world: str = "", login: str = ANNA) -> dict[str, Any]:
    """The whole way of a person through the pages, and of her client to her data."""
    browser = stand.browser = stand.new_browser()
    browser.get(f"{world}{AC}", params=stand.params())
    browser.fill(f"{world}/login", login=login, password=PASSWORD)
    code = browser.get(f"{world}/_sim/messages").json()["messages"][-1]["code"]
    browser.fill(f"{world}/login/code", code=code)
    back = query(browser.fill(f"{world}/login/consent", decision="allow"))
    params = stand.token_params(code=back["code"])
    tokens = browser.post(f"{world}{TE}", data=params).json()
    stand.rest(f"{world}/rs/prns/1000000101", tokens["access_token"])
    return tokens | {"sms": code, "code": back["code"], "client_secret": params["client_secret"]}


def test_a_sign_in_is_one_trail_from_the_first_request_to_the_data(stand: Stand):
    sign_in(stand)

    told = [(one["kind"], one.get("path")) for one in tape(stand, login=ANNA)]

    assert told == [
        ("request", AC),
        ("request", "/login"),
        ("message", None),
        ("request", "/login"),
        ("request", "/login/code"),
        ("request", "/login/code"),
        ("request", "/login/consent"),
        ("request", "/login/consent"),
        ("request", TE),
        ("claims", None),
        ("request", "/rs/prns/1000000101"),
    ]
    assert {one["sign_in"] for one in tape(stand)} == {"sign-in-1"}


def test_the_tape_of_one_person_shows_nothing_of_another(stand: Stand):
    sign_in(stand)
    stand.browser = stand.new_browser()
    stand.browser.fill("/login", login=VERA, password=PASSWORD)

    assert {one["person"] for one in tape(stand, login="vera")} <= {"vera", None}
    assert {one["sign_in"] for one in tape(stand, login="vera")} == {"sign-in-2"}


def test_no_secret_stands_on_the_tape(stand: Stand):
    secrets = sign_in(stand)

    for form in ("json", "har", "mermaid"):
        text = stand.browser.get("/_sim/requests", params={"format": form}).text
        assert PASSWORD not in text
        for name in ("sms", "code", "access_token", "refresh_token", "id_token", "client_secret"):
            assert secrets[name] not in text, (form, name)
        assert STATE in text or form == "mermaid"


def test_what_was_sent_in_a_form_stands_on_the_tape(stand: Stand):
    sign_in(stand)

    sent = [one["params"] for one in tape(stand) if one.get("method") == "POST"]

    assert [one for one in sent if one.get("login") == ANNA and one["password"] == "<masked>"]
    assert [one for one in sent if one.get("grant_type") == "authorization_code"]


def test_the_claims_of_the_tokens_are_kept(stand: Stand):
    sign_in(stand)

    claims = next(one for one in tape(stand) if one["kind"] == "claims")

    assert claims["access_token"]["urn:esia:sbj_id"] == 1000000101
    assert claims["id_token"]["aud"] == "TEST01"


def test_a_refusal_is_kept_with_its_reason(stand: Stand):
    stand.browser.get(AC, params=stand.params(redirect_uri="https://evil.example/"))

    assert tape(stand)[-1]["why"]["code"] == "ESIA-007023"


def test_moves_of_the_clock_and_dropped_requests_are_kept(stand: Stand):
    stand.browser.post("/_sim/clock", json={"advance": "1h"})
    body = {"when": {"endpoint": "logout"}, "then": {"status": 500}}
    stand.browser.post("/_sim/expectations", json=body)
    stand.browser.get("/idp/ext/Logout")

    assert [one["kind"] for one in tape(stand)] == ["clock", "request"]
    assert tape(stand)[-1]["status"] == 500


def test_the_tape_is_bounded_and_forgotten_by_a_reset(stand: Stand):
    for _ in range(2100):
        stand.world.inbox.deliver(
            channel="sms", to="+79000000101", text="x", sender="x", at=stand.clock.now()
        )
    full = len(tape(stand))
    stand.browser.post("/_sim/reset")

    assert (full, tape(stand)) == (2000, [])


def test_the_tape_is_a_sequence_diagram(stand: Stand):
    sign_in(stand)

    lines = stand.browser.get("/_sim/requests", params={"format": "mermaid"}).text.splitlines()

    assert lines[0] == "sequenceDiagram"
    assert f"B->>E: GET {AC}" in lines
    assert f"C->>E: POST {TE}" in lines
    assert any(line.startswith("E->>P: sms ") for line in lines)


@pytest.mark.parametrize(
    ("asked", "status"), [({"login": "nobody"}, 404), ({"format": "x"}, 400), ({"who": "x"}, 400)]
)
def test_a_wrong_question_about_the_tape_is_refused(
    stand: Stand, asked: dict[str, str], status: int
):
    assert stand.browser.get("/_sim/requests", params=asked).status_code == status


def test_two_worlds_of_one_seed_have_equal_tapes_to_the_byte(stand: Stand):
    stand.clock.freeze()
    moment = (stand.clock.now() + timedelta(seconds=1)).isoformat()
    tapes: list[str] = []
    for _ in range(2):
        world = "/w/" + stand.browser.post("/_sim/worlds", json={"seed": 7}).json()["id"]
        for change in ({"freeze": True}, {"set": moment}):
            stand.browser.post(f"{world}/_sim/clock", json=change)
        sign_in(stand, world)
        told = [one for one in tape(stand, world) if one["kind"] != "clock"]
        tapes.append(json.dumps(told).replace(world, ""))

    assert tapes[0] == tapes[1]
    assert "sign-in-1" in tapes[0]
