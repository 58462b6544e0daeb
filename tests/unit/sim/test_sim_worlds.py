"""Worlds: states of their own in one process, by path and by what a fixed address is told."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sim_client import PASSWORD, RETURN_TO, Signer, Stand, query

from esia_sim import Config, create_app

KLAVA = "+7(900)000-01-19"


def new_world(stand: Stand, **fields: Any) -> str:
    answer = stand.browser.post("/_sim/worlds", json=fields)
    assert answer.status_code == 201, answer.text
    return f"/w/{answer.json()['id']}"


def new_person(stand: Stand, world: str, **fields: Any) -> dict[str, Any]:
    return stand.browser.post(f"{world}/_sim/people", json=fields).json()


def enter(stand: Stand, world: str, login: str) -> str:
    """Sign in by SMS through the pages of a world; returns where the last page led."""
    browser = stand.browser
    token = re.search(r'name="token" value="([^"]+)"', browser.get(f"{world}/login/sms").text)
    assert token
    form = {"token": token[1], "login": login}
    assert browser.post(f"{world}/login/sms", data=form).headers["location"].startswith(world)
    sent = browser.get(f"{world}/_sim/messages").json()["messages"]
    answer = browser.post(f"{world}/login/sms/code", data=form | {"code": sent[-1]["code"]})
    return answer.headers["location"]


def test_a_world_has_its_own_people_messages_and_expectations(stand: Stand):
    one, other = new_world(stand), new_world(stand)

    person = new_person(stand, one)
    stand.browser.post(
        f"{one}/_sim/messages", json={"channel": "sms", "to": person["phone"], "text": "Код: 1234"}
    )
    stand.browser.post(
        f"{one}/_sim/expectations", json={"when": {"endpoint": "sms"}, "then": {"drop": True}}
    )

    for world in ("", other):
        assert stand.browser.get(f"{world}/_sim/people/{person['oid']}").status_code == 404
        assert stand.browser.get(f"{world}/_sim/messages").json()["messages"] == []
        assert stand.browser.get(f"{world}/_sim/expectations").json()["expectations"] == []


def test_the_clock_of_a_world_moves_alone(stand: Stand):
    one, other = new_world(stand), new_world(stand)

    moved = stand.browser.post(f"{one}/_sim/clock", json={"advance": "24h"}).json()

    assert moved["moved"]
    assert not stand.browser.get(f"{other}/_sim/clock").json()["moved"]
    assert not stand.browser.get("/_sim/clock").json()["moved"]


def test_all_pages_of_a_sign_in_stay_inside_the_world(stand: Stand):
    world = new_world(stand)

    page = stand.browser.get(f"{world}/login").text
    led = enter(stand, world, KLAVA)

    assert led == f"{world}/"
    addresses = re.findall(r'(?:href|action|src)="(/[^"]*)"', page)
    assert addresses
    assert all(address.startswith(f"{world}/") for address in addresses)
    assert "Максимова" not in stand.browser.get("/profile", follow_redirects=True).text
    assert stand.browser.get(f"{world}/profile").status_code == 200


def test_a_reset_of_one_world_leaves_the_others_unchanged(stand: Stand):
    one, other = new_world(stand), new_world(stand)
    kept, lost = new_person(stand, other), new_person(stand, one)

    stand.browser.post(f"{one}/_sim/reset")

    assert stand.browser.get(f"{one}/_sim/people/{lost['key']}").status_code == 404
    assert stand.browser.get(f"{other}/_sim/people/{kept['key']}").status_code == 200


def test_a_deleted_world_is_gone_and_the_others_are_not(stand: Stand):
    one, other = new_world(stand), new_world(stand)

    gone = stand.browser.call("DELETE", f"/_sim/worlds/{one.removeprefix('/w/')}")

    assert gone.status_code == 204
    assert stand.browser.get(f"{one}/_sim/health").status_code == 404
    assert stand.browser.get(f"{other}/_sim/health").status_code == 200
    assert stand.browser.call("DELETE", f"/_sim{one}").status_code == 404


def test_a_world_ends_when_its_time_is_over(stand: Stand, monkeypatch: pytest.MonkeyPatch):
    world = new_world(stand, ttl="1m")

    monkeypatch.setattr("esia_sim.worlds.time.monotonic", lambda: 1e12)

    assert stand.browser.get(f"{world}/_sim/health").status_code == 404
    assert stand.browser.get("/_sim/worlds").json() == {"worlds": []}


@pytest.mark.parametrize(
    "body", [{"name": "x"}, {"ttl": 0}, {"ttl": "2d"}, {"ttl": "soon"}, {"seed": [1]}, {"seed": ""}]
)
def test_what_a_world_cannot_be_is_refused_by_name(stand: Stand, body: dict[str, Any]):
    answer = stand.browser.post("/_sim/worlds", json=body)

    assert answer.status_code == 400
    assert next(iter(body)) in answer.json()["error"]


def test_worlds_are_limited_in_number(stand: Stand, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("esia_sim.worlds.MOST", 1)
    new_world(stand)

    answer = stand.browser.post("/_sim/worlds")

    assert answer.status_code == 429


def test_a_token_of_one_world_opens_nothing_in_another(stand: Stand):
    one, other = new_world(stand), new_world(stand)
    minted = stand.browser.post(f"{one}/_sim/tokens", json={"person": "vera"}).json()

    in_it = stand.rest(f"{one}/rs/prns/1000000103", minted["access_token"])
    elsewhere = stand.rest(f"{other}/rs/prns/1000000103", minted["access_token"])

    assert (in_it.status_code, elsewhere.status_code) == (200, 401)


def test_a_fixed_address_finds_the_world_of_a_token(stand: Stand):
    world = new_world(stand)
    person = new_person(stand, world)
    minted = stand.browser.post(f"{world}/_sim/tokens", json={"person": person["key"]}).json()

    found = stand.rest(f"/rs/prns/{person['oid']}", minted["access_token"])

    assert found.status_code == 200
    assert found.json()["firstName"] == person["first_name"]


def test_a_fixed_address_finds_the_world_of_a_phone(stand: Stand):
    world = new_world(stand)
    person = new_person(stand, world)
    message = {"channel": "sms", "to": person["phone"], "text": "Код: 1234"}

    stand.browser.post("/_sim/messages", json=message)

    assert stand.browser.get("/_sim/messages").json()["messages"] == []
    assert stand.browser.get(f"{world}/_sim/messages").json()["messages"][0]["code"] == "1234"


def test_a_fixed_address_leads_a_person_into_her_world_and_her_code_is_redeemed(stand: Stand):
    world, browser = new_world(stand), stand.browser
    person = new_person(stand, world, password=PASSWORD)
    browser.get("/aas/oauth2/ac", params=stand.params())
    token = re.search(r'name="token" value="([^"]+)"', browser.get("/login").text)
    assert token
    form = {"token": token[1], "login": person["phone"], "password": PASSWORD}

    moved = browser.post("/login", data=form)
    entered = browser.post(moved.headers["location"], data=form)
    code = browser.get(f"{world}/_sim/messages").json()["messages"][-1]["code"]
    consent = browser.post(entered.headers["location"], data=form | {"code": code})
    back = browser.post(consent.headers["location"], data=form | {"decision": "allow"})
    answer = browser.post("/aas/oauth2/te", data=stand.token_params(code=query(back)["code"]))

    assert (moved.status_code, moved.headers["location"]) == (307, f"{world}/login")
    assert back.headers["location"].startswith(RETURN_TO)
    assert answer.status_code == 200, answer.text
    found = stand.rest(f"/rs/prns/{person['oid']}", answer.json()["access_token"])
    assert found.json()["firstName"] == person["first_name"]


def test_a_fixed_address_finds_the_world_of_a_client(stand: Stand, signer: Signer):
    world = new_world(stand)
    client = {
        "client_id": "MINE",
        "certificate": signer.pem,
        "redirect_domains": ["cabinet.example"],
        "scopes": ["openid", "fullname", "mobile"],
    }
    stand.browser.post(f"{world}/_sim/clients", json=client)

    led = stand.browser.get("/aas/oauth2/ac", params=stand.params(client_id="MINE"))

    assert led.status_code == 307
    assert led.headers["location"].startswith(f"{world}/aas/oauth2/ac?")
    assert stand.browser.get(led.headers["location"]).headers["location"] == f"{world}/login"


def test_two_worlds_of_one_seed_write_the_same_tokens_codes_and_people(stand: Stand):
    moment = (stand.clock.now() + timedelta(days=1)).isoformat()
    told = [_life_of(stand, new_world(stand, seed=42), moment) for _ in range(2)]

    assert told[0] == told[1]
    assert told[0] != _life_of(stand, new_world(stand, seed=43), moment)


def test_two_stands_of_one_seed_name_their_worlds_alike():
    stands = [create_app(Config(seed="s")).state.worlds for _ in range(2)]

    names = [
        [worlds.add(seed=None, ttl=60).world.config.world for _ in range(2)] for worlds in stands
    ]

    assert names[0] == names[1]
    assert len(set(names[0])) == 2


def test_a_reset_world_of_a_seed_begins_anew(stand: Stand):
    world = new_world(stand, seed="s")
    moment = (stand.clock.now() + timedelta(days=1)).isoformat()
    first = _life_of(stand, world, moment)

    stand.browser.post(f"{world}/_sim/reset")

    assert _life_of(stand, world, moment) == first


def _life_of(stand: Stand, world: str, moment: str) -> list[object]:
    stand.browser = stand.new_browser()
    for change in ({"freeze": True}, {"set": moment}):
        stand.browser.post(f"{world}/_sim/clock", json=change)
    person = new_person(stand, world)
    enter(stand, world, person["phone"])
    message = stand.browser.get(f"{world}/_sim/messages").json()["messages"][0]
    tokens = [
        stand.browser.post(f"{world}/_sim/tokens", json={"person": person["key"], "client": one})
        for one in ("TEST01", "GOST02")
    ]
    authority = stand.browser.get(f"{world}/ca.crt").text
    refused = re.findall(r'data-request-id="(\w+)"', stand.browser.get(f"{world}/nowhere").text)
    about = [person, message["code"], message["at"], authority, refused]
    return [*about, *(answer.json() for answer in tokens)]
