"""How often somebody may ask."""

import asyncio
import socket
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from tests import servers
from tests.conftest import aside
from zdrav29_app import limits
from zdrav29_app.errors import TooManyRequests
from zdrav29_app.limits import Limit


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    limits._limiter.cache_clear()
    yield
    limits._limiter.cache_clear()


def run(work: Coroutine[None, None, None]) -> None:
    with ThreadPoolExecutor(1) as pool:  # Playwright keeps a loop in the thread of the tests
        pool.submit(asyncio.run, work).result()


def ask(times: int, *, who: str = "192.0.2.1") -> None:
    async def every() -> None:
        for _ in range(times):
            await limits.count(Limit.SUPPORT, who)

    run(every())


def test_as_many_as_allowed_pass_and_the_next_is_told_when_to_come_again():
    allowed = Limit.SUPPORT.value.amount
    ask(allowed)

    with pytest.raises(TooManyRequests) as refusal:
        ask(1)

    assert 0 < refusal.value.seconds <= 3600


def test_one_who_asks_too_often_stands_in_nobody_elses_way():
    ask(Limit.SUPPORT.value.amount)

    ask(1, who="192.0.2.2")


async def _is_ready() -> bool:
    is_ready = await limits.is_ready()
    if limits.settings.redis_url:
        storage: Any = limits._limiter().storage  # an interface without the client's closing
        await storage.bridge.get_connection().aclose()
    return is_ready


@pytest.mark.parametrize("is_there", [True, False], ids=["silent", "away"])
def test_a_redis_that_is_silent_or_away_is_told_of(monkeypatch: pytest.MonkeyPatch, is_there: bool):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if is_there:
            server.listen()
        address = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        monkeypatch.setattr(limits, "settings", SimpleNamespace(redis_url=address))
        monkeypatch.setattr(limits, "READY_SECONDS", 0.1)

        assert not aside(lambda: asyncio.run(_is_ready()))


def test_a_redis_that_answers_is_ready_and_so_is_a_worker_alone(monkeypatch: pytest.MonkeyPatch):
    assert aside(lambda: asyncio.run(_is_ready()))

    limits._limiter.cache_clear()
    monkeypatch.setattr(limits, "settings", SimpleNamespace(redis_url=servers.redis()))
    assert aside(lambda: asyncio.run(_is_ready()))


def test_a_stand_made_as_new_counts_from_the_beginning():
    ask(Limit.SUPPORT.value.amount)

    run(limits.forget())

    ask(1)
