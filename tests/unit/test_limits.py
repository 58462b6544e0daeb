"""How often somebody may ask."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

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


def test_a_stand_made_as_new_counts_from_the_beginning():
    ask(Limit.SUPPORT.value.amount)

    run(limits.forget())

    ask(1)
