"""Several workers of one demo stand: what one is told, all know before it answers.

Clock and expectations live in each process. Where several share a Redis, a change is kept there
and called out; whoever hears it does the same and says so. One process alone needs none of it.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any
from uuid import uuid4

from redis.asyncio import Redis
from redis.exceptions import RedisError

from zdrav29_app import clock
from zdrav29_app.demo import expectations
from zdrav29_app.demo.expectations import Expectation
from zdrav29_app.settings import settings

NAME = f"zdrav29:{settings.stand or settings.port}:demo"
CALL, ANSWER, LOCK = f"{NAME}:call", f"{NAME}:heard:", f"{NAME}:lock"
HEARD_WITHIN = 1  # seconds; a worker that is dying does not hold the others up
PAUSE_SECONDS = 1

log = logging.getLogger(__name__)


async def run() -> None:
    """Listen until cancelled; nothing to do where there is one process."""
    while settings.is_demo and settings.redis_url:
        try:
            await _listen()
        except (RedisError, OSError) as error:
            log.warning("demo not in step error=%s", type(error).__name__)
        await asyncio.sleep(PAUSE_SECONDS)


async def tell() -> None:
    """Let all workers know clock and expectations as they are here now."""
    if not settings.redis_url:
        return
    state, call = json.dumps(_state()), uuid4().hex
    await _redis().set(NAME, state)
    listeners = await _redis().publish(CALL, json.dumps({"call": call, "state": state}))
    for _ in range(listeners):
        await _awaited(_redis().blpop([ANSWER + call], timeout=HEARD_WITHIN))


async def meet(*endpoints: str) -> Expectation | None:
    """As `expectations.meet`, but of all workers only one meets what is expected once."""
    if not settings.redis_url or not expectations.every():
        return expectations.meet(*endpoints)
    async with _alone():
        met = expectations.meet(*endpoints)
        await tell()
    return met


@asynccontextmanager
async def _alone() -> AsyncGenerator[None]:
    async with _redis().lock(LOCK, timeout=HEARD_WITHIN * 5):
        _take(await _redis().get(NAME))
        yield


async def _listen() -> None:
    async with _redis().pubsub() as heard:
        await heard.subscribe(CALL)
        _take(await _redis().get(NAME))
        async for message in heard.listen():
            if message["type"] != "message":
                continue
            told = json.loads(message["data"])
            _take(told["state"])
            answer = ANSWER + told["call"]
            await _awaited(_redis().rpush(answer, 1))
            await _redis().expire(answer, HEARD_WITHIN * 10)


def _state() -> dict[str, Any]:
    return {"clock": clock.position(), "expectations": expectations.position()}


def _take(state: bytes | str | None) -> None:
    if state:
        told = json.loads(state)
        clock.take(*told["clock"])
        expectations.take(told["expectations"])


async def _awaited(answer: Any) -> Any:
    # the client's types cannot tell its synchronous face from this one
    return await answer


@cache
def _redis() -> Any:
    return Redis.from_url(settings.redis_url)  # pyright: ignore[reportUnknownMemberType]
