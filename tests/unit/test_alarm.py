"""Alerts reach a real receiver, also one that does not take the first of them."""

import asyncio
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
import stamina

from tests.conftest import FrozenClock, run
from zdrav29_app import alarm, probes
from zdrav29_app.services import status
from zdrav29_app.values import Service


class Receiver:
    """Keeps what is posted; answers with `statuses` in turn, then with 200."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}/alerts"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                code = receiver.statuses.pop(0) if receiver.statuses else 200
                if code == 200:
                    receiver.got.append(json.loads(body))
                self.send_response(code)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name it has in its base
                """Say nothing."""

        return Handler


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    made = Receiver()
    settings = SimpleNamespace(alert_url=made.url, origin="https://zdrav29.example")
    monkeypatch.setattr(alarm, "settings", settings)
    with stamina.set_testing(True, attempts=5):
        yield made
    made.stop()
    status.forget()


async def _deliver_all() -> None:
    while not alarm._waiting.empty():
        await alarm.deliver(alarm._waiting.get_nowait())


def test_o4_a_service_that_breaks_and_heals_is_told_to_the_webhook(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch, frozen_clock: FrozenClock
):
    works = dict.fromkeys(Service, True)
    monkeypatch.setattr(probes, "_probes", lambda: {each: _answer(works, each) for each in Service})

    async def rounds() -> None:
        await probes.look_around()
        works[Service.SMS] = False
        await probes.look_around()
        await probes.look_around()
        works[Service.SMS] = True
        await probes.look_around()
        await _deliver_all()

    run(rounds())

    assert [(one["service"], one["state"]) for one in receiver.got] == [
        ("sms", "down"),
        ("sms", "up"),
    ]
    assert receiver.got[0]["at"] == frozen_clock.now().isoformat()
    assert receiver.got[0]["cabinet"] == "https://zdrav29.example"


def test_o4_an_alert_that_is_not_taken_is_sent_again(receiver: Receiver):
    receiver.statuses = [503, 503]

    async def ring() -> None:
        alarm.ring(Service.DATABASE, is_up=False)
        await _deliver_all()

    run(ring())

    assert [one["service"] for one in receiver.got] == ["database"]


def test_an_alert_that_the_receiver_calls_wrong_is_not_sent_again(receiver: Receiver):
    receiver.statuses = [400]

    async def ring() -> None:
        alarm.ring(Service.DATABASE, is_up=False)
        await _deliver_all()

    run(ring())

    assert receiver.got == []


def test_without_a_webhook_nothing_waits(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(alarm, "settings", SimpleNamespace(alert_url=""))

    alarm.ring(Service.SMS, is_up=False)

    assert alarm._waiting.empty()


def test_a_neighbour_that_says_nothing_for_too_long_does_not_work(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(probes, "MOST_SECONDS", 0.01)

    async def never() -> bool:
        await asyncio.Event().wait()
        return True

    assert run(probes._look(never)) is False


def _answer(works: dict[Service, bool], service: Service) -> Any:
    async def probe() -> bool:
        return works[service]

    return probe
