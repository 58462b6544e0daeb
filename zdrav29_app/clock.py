"""The time: the only place that reads the system clock (a test greps for others).

In a demo it can be moved and stopped; `reset` brings it back. Nobody moves it in production,
because nothing there calls what moves it.
"""

import time
from datetime import UTC, datetime, timedelta

_offset = timedelta()
_frozen_at: datetime | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _frozen_at or datetime.now(UTC) + _offset


def machine_seconds() -> float:
    """Seconds since the epoch on the machine's own clock, for what no demo may move."""
    return time.time()


def is_frozen() -> bool:
    """Whether time stands still."""
    return _frozen_at is not None


def is_moved() -> bool:
    """Whether it is another time here than on the machine's clock."""
    return is_frozen() or bool(_offset)


def advance(by: timedelta) -> None:
    """Move on, or back by a negative span."""
    global _offset, _frozen_at  # noqa: PLW0603  there is one time
    _offset += by
    _frozen_at = _frozen_at and _frozen_at + by


def freeze() -> None:
    """Let time stand still."""
    global _frozen_at  # noqa: PLW0603  there is one time
    _frozen_at = now()


def run() -> None:
    """Let time go on from where it stands."""
    global _offset, _frozen_at
    if _frozen_at:
        _offset, _frozen_at = _frozen_at - datetime.now(UTC), None


def reset() -> None:
    """Back to the time of the machine."""
    global _offset, _frozen_at
    _offset, _frozen_at = timedelta(), None


def position() -> tuple[float, str | None]:
    """How far it is moved, in seconds, and the moment at which it stands still, in ISO."""
    return _offset.total_seconds(), _frozen_at and _frozen_at.isoformat()


def take(seconds: float, frozen_at: str | None) -> None:
    """Be where another process is; see `position`."""
    global _offset, _frozen_at  # noqa: PLW0603  there is one time
    _offset = timedelta(seconds=seconds)
    _frozen_at = datetime.fromisoformat(frozen_at) if frozen_at else None
