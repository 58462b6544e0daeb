"""Chance: the only place of the simulator that draws codes, ids and secrets.

With a seed everything drawn is the same each time, so that tokens and pictures can be compared;
such a stand keeps no secret from whoever knows the seed. Without one the machine's own source of
randomness is used.
"""

import base64
import hashlib
import random
from collections.abc import Sequence
from typing import Final, TypeVar
from uuid import UUID

Thing = TypeVar("Thing")
_SECRET_OF_CODES: Final = 20  # bytes: 160 bits, as RFC 4226 recommends


class Chance:
    """A source of what has to be unpredictable, or, with a seed, always the same."""

    def __init__(self, seed: str | None = None, *, of: str = "") -> None:
        """Draw from the machine, or from a seed; sources `of` different things do not repeat."""
        seed = f"{of}:{seed}" if of and seed is not None else seed
        self._source = random.SystemRandom() if seed is None else random.Random(seed)  # noqa: S311 - repeatable

    def token(self, size: int) -> str:
        """Return `size` random bytes in the alphabet of addresses."""
        return base64.urlsafe_b64encode(self._source.randbytes(size)).rstrip(b"=").decode()

    def hexadecimal(self, size: int) -> str:
        """Return `size` random bytes as hex digits."""
        return self._source.randbytes(size).hex()

    def uuid(self) -> str:
        """Return a UUID of version 4."""
        return str(UUID(bytes=self._source.randbytes(16), version=4))

    def below(self, end: int) -> int:
        """Return a number from 0 that is below `end`."""
        return self._source.randrange(end)

    def choice(self, things: Sequence[Thing]) -> Thing:
        """Return one of some things."""
        return self._source.choice(things)

    def code_secret(self) -> str:
        """Return the secret of one-time codes, in base32."""
        return base64.b32encode(self._source.randbytes(_SECRET_OF_CODES)).decode()

    def uniform(self, least: float, most: float) -> float:
        """Return a number between two others."""
        return self._source.uniform(least, most)

    def lognormal(self, median: float, sigma: float) -> float:
        """Return a number whose logarithm is normal: most are near the median, few far above."""
        return median * self._source.lognormvariate(0, sigma)


def number_of(seed: str, end: int) -> int:
    """Return the number below `end` that belongs to a seed."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:16]) % end
