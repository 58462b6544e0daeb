"""The clock of the simulator: the only place that reads the time of the machine."""

from datetime import UTC, datetime, timedelta, timezone

MOSCOW = timezone(timedelta(hours=3), "MSK")


class Clock:
    """A clock that shows the machine's time plus an offset that may be moved."""

    def __init__(self) -> None:
        """Start at the time of the machine."""
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the moment of the stand, aware UTC."""
        return datetime.now(UTC) + self._offset

    def advance(self, by: timedelta) -> None:
        """Move the stand forward (or back, with a negative span)."""
        self._offset += by

    def reset(self) -> None:
        """Go back to the time of the machine."""
        self._offset = timedelta()
