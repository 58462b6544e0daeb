"""What the simulator keeps is bounded: by its lifetime, by its owner, by number."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sim_client import Stand, query

from esia_sim import bearer
from esia_sim.clock import Clock
from esia_sim.shelf import Owned, Shelf

HOUR = timedelta(hours=1)
CROWD = 5_000


@dataclass(frozen=True)
class Thing:
    expires_at: datetime
    owner: str = "anna"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def crowd(shelf: Shelf[Thing], expires_at: datetime) -> None:
    for number in range(CROWD):
        shelf.put(f"crowd {number}", Thing(expires_at))


def test_a_crowded_shelf_forgets_what_is_over(clock: Clock):
    shelf: Shelf[Thing] = Shelf(clock)

    crowd(shelf, clock.now() - HOUR)

    assert len(shelf.everything()) <= CROWD / 4


def test_a_crowded_shelf_forgets_nothing_that_lives(clock: Clock):
    shelf: Shelf[Thing] = Shelf(clock)

    crowd(shelf, clock.now() + HOUR)

    assert len(list(shelf)) == CROWD


def test_what_a_moved_clock_ended_lives_again_when_the_clock_is_put_right(clock: Clock):
    shelf: Shelf[Thing] = Shelf(clock)
    shelf.put("kept", Thing(clock.now() + HOUR))
    clock.advance(2 * HOUR)
    crowd(shelf, clock.now() - HOUR / 2)
    assert shelf.is_dead("kept")

    clock.reset()

    assert shelf.get("kept")


def test_nothing_ends_by_the_machine_where_the_clock_of_the_world_is_behind(clock: Clock):
    shelf: Shelf[Thing] = Shelf(clock)
    clock.advance(-2 * HOUR)

    crowd(shelf, clock.now() + HOUR)

    assert len(list(shelf)) == CROWD


def test_a_full_shelf_forgets_the_oldest(clock: Clock):
    shelf: Shelf[Thing] = Shelf(clock, most=100)

    crowd(shelf, clock.now() + HOUR)

    assert len(list(shelf)) <= 100
    assert shelf.get(f"crowd {CROWD - 90}")


def test_of_one_owner_the_newest_are_kept(clock: Clock):
    shelf: Owned[Thing] = Owned(clock, lambda one: one.owner, each=3)
    shelf.put("of vera", Thing(clock.now() + HOUR, owner="vera"))

    for number in range(6):
        shelf.put(f"{number}", Thing(clock.now() + HOUR))

    assert [shelf.get(f"{number}") is not None for number in range(6)] == 3 * [False] + 3 * [True]
    assert shelf.get("of vera")


def test_what_was_taken_counts_for_its_owner_no_more(clock: Clock):
    shelf: Owned[Thing] = Owned(clock, lambda one: one.owner, each=3)
    shelf.put("kept", Thing(clock.now() + HOUR))

    for number in range(6):
        shelf.put(f"{number}", Thing(clock.now() + HOUR))
        shelf.take(f"{number}")

    assert shelf.get("kept")


def crowd_of_revoked(stand: Stand, ends_at: datetime) -> None:
    for number in range(CROWD):
        bearer.revoke(stand.world, f"h.{number}.s", ends_at)


def revoked_token(stand: Stand) -> str:
    client = {"client_id": "WEB", "kind": "oidc", "secret": "s", "redirect_uris": ["https://a.b/"]}
    assert stand.browser.post("/_sim/clients", json=client).status_code == 201
    stand.browser.sign_in_as("anna")
    asked = {"client_id": "WEB", "redirect_uri": "https://a.b/", "response_type": "code"}
    came = stand.browser.get("/oidc/authorize", params=asked | {"scope": "openid fullname"})
    data = asked | {"grant_type": "authorization_code", "code": query(came)["code"]}
    token = stand.browser.post("/oidc/token", data=data, auth=("WEB", "s")).json()["access_token"]
    assert stand.rest("/oidc/userinfo", token).status_code == 200
    stand.browser.post("/oidc/revoke", data={"token": token}, auth=("WEB", "s"))
    return token


def test_a_revoked_token_is_forgotten_after_its_end(stand: Stand):
    crowd_of_revoked(stand, stand.clock.now() - HOUR)

    assert len(stand.world.revoked.everything()) <= CROWD / 4


def test_a_revoked_token_stays_revoked_when_the_clock_goes_forward_and_back(stand: Stand):
    token = revoked_token(stand)
    stand.browser.post("/_sim/clock", json={"advance": "2h"})
    crowd_of_revoked(stand, stand.clock.now() - HOUR / 2)

    stand.browser.post("/_sim/clock", json={"reset": True})

    assert stand.rest("/oidc/userinfo", token).status_code == 401


def test_a_revoked_token_stays_revoked_when_the_clock_goes_back(stand: Stand):
    token = revoked_token(stand)

    stand.browser.post("/_sim/clock", json={"advance": "-30m"})
    crowd_of_revoked(stand, stand.clock.now() - HOUR)

    assert stand.rest("/oidc/userinfo", token).status_code == 401


def test_a_revoked_token_stays_revoked_when_it_is_written_otherwise(stand: Stand):
    token = revoked_token(stand)
    same_bytes = token[:-1] + chr(ord(token[-1]) + 1)
    assert base64.urlsafe_b64decode(f"{same_bytes.rpartition('.')[2]}==") == (
        base64.urlsafe_b64decode(f"{token.rpartition('.')[2]}==")
    )

    assert stand.rest("/oidc/userinfo", same_bytes).status_code == 401
