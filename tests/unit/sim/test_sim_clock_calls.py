"""Moving the clock tells what ended; codes of every kind are never old ones; messages go."""

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from sim_client import PASSWORD, Signer, Stand

from esia_sim import Config

ANNA, IGOR = "+7(900)000-01-01", "+7(900)000-01-09"
TOLD: list[dict[str, Any]] = []


class Cabinet(BaseHTTPRequestHandler):
    """What hears the clock of the simulator in place of a cabinet."""

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        TOLD.append({"path": self.path, **body})
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture
def cabinet_url() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Cabinet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    TOLD.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def move(stand: Stand, **change: Any) -> dict[str, Any]:
    return stand.browser.post("/_sim/clock", json=change).json()


def kinds(answer: dict[str, Any], person: str = "anna") -> set[str]:
    return {one["kind"] for one in answer["expired"] if one.get("person") == person}


def test_a_move_lists_everything_that_it_ended(stand: Stand):
    stand.tokens("anna")
    stand.code("anna")
    stand.new_browser().fill("/login", login=ANNA, password=PASSWORD)
    for _ in range(5):
        stand.new_browser().fill("/login", login=ANNA, password="wrong")
    stand.browser.post("/_sim/clock", json={"freeze": True})

    minutes = move(stand, advance="6m")
    hours = move(stand, advance="13h")
    weeks = move(stand, advance="30d")

    assert kinds(minutes) == {"code", "one_time_code"}
    assert kinds(hours) == {"session", "access_token", "lock_out"}
    assert kinds(weeks) == {"refresh_token"}
    assert {"kind": "certificate", "client": "TEST01"} in weeks["expired"]


def test_validation_obeys_the_clock_too(stand: Stand):
    token = stand.browser.post("/_sim/tokens", json={"person": "vera"}).json()["access_token"]

    move(stand, advance="2h")

    assert stand.rest("/rs/prns/1000000103", token).json()["code"] == "ESIA-005013"


def test_the_cabinet_follows_the_clock_when_told_to(
    config: Config, signer: Signer, cabinet_url: str
):
    stand = Stand(replace(config, cabinet_url=cabinet_url), signer)

    stand.clock.freeze()
    move(stand, advance="1h")
    moved = move(stand, advance="1h", follow=True)
    move(stand, freeze=True, follow=True)

    assert [
        {"path": "/_demo/clock", "set": moved["now"]},
        {"path": "/_demo/clock", "freeze": True},
    ] == TOLD


def test_a_cabinet_that_cannot_follow_is_named(config: Config, signer: Signer):
    stand = Stand(replace(config, cabinet_url="http://127.0.0.1:9"), signer)

    answer = stand.browser.post("/_sim/clock", json={"advance": "1h", "follow": True})

    assert answer.status_code == 502
    assert "the cabinet did not follow" in answer.json()["error"]


def totp(stand: Stand, person: str = "igor") -> Any:
    return stand.browser.get(f"/_sim/people/{person}/totp")


def test_the_code_of_an_app_is_never_one_that_was_used(stand: Stand):
    stand.clock.freeze()
    codes: list[str] = []
    for _ in range(2):
        codes.append(totp(stand).json()["code"])
        browser = stand.new_browser()
        browser.fill("/login", login=IGOR, password=PASSWORD)
        assert browser.fill("/login/code", code=codes[-1]).headers["location"] == "/"

    none_left = totp(stand)
    stand.clock.advance(timedelta(seconds=30))

    assert len(set(codes)) == 2
    assert none_left.status_code == 409
    assert totp(stand).json()["code"] not in codes


def test_who_has_no_app_has_no_code_of_one(stand: Stand):
    assert totp(stand, "anna").status_code == 404


def test_messages_are_forgotten_for_one_person_or_all(stand: Stand):
    for phone in (ANNA, IGOR):
        body = {"channel": "sms", "to": phone, "text": "Код: 1234"}
        stand.browser.post("/_sim/messages", json=body)

    stand.browser.call("DELETE", "/_sim/messages", params={"to": "anna"})
    left = [one["to"] for one in stand.browser.get("/_sim/messages").json()["messages"]]
    stand.browser.call("DELETE", "/_sim/messages")

    assert left == ["+79000000109"]
    assert stand.browser.get("/_sim/messages").json()["messages"] == []
