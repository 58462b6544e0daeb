"""The second start of the demo: from nothing running to both servers answering."""

import time
from pathlib import Path

from stand.stand import Stand

LIMIT_SECONDS = 5


def measure(folder: Path) -> dict[str, float]:
    """Seconds of the first and the second start with the same data folder."""
    first, second = _start(folder), _start(folder)
    return {
        "first start, s": first,
        "second start, s": second,
        "second start / limit of 5 s": second / LIMIT_SECONDS,
        "second start / first start": second / first,
    }


def _start(folder: Path) -> float:
    begin = time.perf_counter()
    with Stand(folder):
        return time.perf_counter() - begin
