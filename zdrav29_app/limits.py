"""How often somebody may ask: per address or per session, over a short while.

Counted in real time, which no demo clock moves: it is the server that is protected. Kept in Redis
where there is one, so that several workers count together; otherwise in the process.
"""

import asyncio
from enum import Enum
from functools import cache

from limits import RateLimitItemPerHour, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import Storage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.storage import storage_from_string

from zdrav29_app import clock
from zdrav29_app.errors import TooManyRequests
from zdrav29_app.settings import settings

READY_SECONDS = 3


class Limit(Enum):
    """What is limited. A clinic's waiting room or a class of trainees shares one address."""

    SIGN_IN = RateLimitItemPerMinute(120, namespace="sign_in")
    CODE = RateLimitItemPerHour(60, namespace="code")
    TALON = RateLimitItemPerHour(20, namespace="talon")
    SUPPORT = RateLimitItemPerHour(30, namespace="support")
    RECOVERY = RateLimitItemPerHour(20, namespace="recovery")
    UPLOAD = RateLimitItemPerHour(30, namespace="upload")
    SOCKET = RateLimitItemPerMinute(240, namespace="socket")
    EVENT = RateLimitItemPerSecond(300, 10, namespace="event")


async def count(limit: Limit, who: str) -> None:
    """Count one more request of `who` (an address, or the hash of a session).

    Raises:
        TooManyRequests: that is more than allowed; it says in how many seconds to come again.
    """
    limiter = _limiter()
    if not await limiter.hit(limit.value, who):
        again_at = (await limiter.get_window_stats(limit.value, who)).reset_time
        raise TooManyRequests(max(1, round(again_at - clock.machine_seconds())))


async def is_ready() -> bool:
    """Whether what several workers share answers; a worker alone shares nothing."""
    try:
        async with asyncio.timeout(READY_SECONDS):
            return await _limiter().storage.check()
    except TimeoutError:
        return False


async def forget() -> None:
    """Count from the beginning, for everybody."""
    await _limiter().storage.reset()


@cache
def _limiter() -> FixedWindowRateLimiter:
    storage = storage_from_string(
        f"async+{settings.redis_url}" if settings.redis_url else "async+memory://",
        **({"implementation": "redispy"} if settings.redis_url else {}),
    )
    if not isinstance(storage, Storage):
        raise TypeError("an asynchronous storage was asked for")
    return FixedWindowRateLimiter(storage)
