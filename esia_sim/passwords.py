"""Passwords: hashed with argon2, compared off the event loop, at the same cost for nobody.

Source: OWASP Password Storage Cheat Sheet (argon2id, 7 MiB, t=5, p=1: of the settings it calls
equal the one that leaves most memory to the stand).
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from typing import Final, TypeVar, TypeVarTuple

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

Given = TypeVarTuple("Given")
Result = TypeVar("Result")
_HASHER: Final = PasswordHasher(time_cost=5, memory_cost=7 * 1024, parallelism=1)
# Few, because the allocator keeps the 7 MiB of each thread that has ever hashed.
_THREADS: Final = ThreadPoolExecutor(2, "hashing")
# The hash of a random text that was thrown away: no password fits it.
NOBODYS_HASH: Final = (
    "$argon2id$v=19$m=7168,t=5,p=1$qfkC49lSPB4OgRWzFPWS+g$p1ePV"
    "ZkYgkU4BRYQhOG8asqSaE9OVnh8tExz6P8HzkQ"
)


OLD_KEPT: Final = 2


class Verdict(StrEnum):
    """What a typed password is to a person."""

    RIGHT = "right"
    OLD = "old"
    WRONG = "wrong"


async def hash_password(password: str) -> str:
    """Return the argon2 hash of a password."""
    return await _beside(_HASHER.hash, password)


async def is_right(password_hash: str | None, password: str) -> bool:
    """Tell whether the password fits; without a hash the same work is done for nothing."""
    fits = await _beside(_fits, password_hash or NOBODYS_HASH, password)
    return fits and password_hash is not None


async def judge(password_hash: str | None, old_hashes: Sequence[str], password: str) -> Verdict:
    """Tell whether a password is right, was right once, or never; the last two by the same work."""
    if await is_right(password_hash, password):
        return Verdict.RIGHT
    olds = (*old_hashes, *(NOBODYS_HASH,) * OLD_KEPT)[:OLD_KEPT]
    were_right = [await is_right(one, password) for one in olds]
    return Verdict.OLD if any(were_right) else Verdict.WRONG


def hash_now(password: str) -> str:
    """Return the argon2 hash of a password, blocking; for start-up only."""
    return _HASHER.hash(password)


async def _beside(work: Callable[[*Given], Result], *given: *Given) -> Result:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, work, *given)


def _fits(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False
