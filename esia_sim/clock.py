"""The clock of the simulator: the only place that reads the time of the machine."""

from datetime import UTC, datetime, timedelta, timezone

MOSCOW = timezone(timedelta(hours=3), "MSK")


class Clock:
    """A clock that shows the machine's time plus an offset that may be moved, or stands still."""

    def __init__(self) -> None:
        """Start at the time of the machine."""
        self._offset = timedelta()
        self._frozen_at: datetime | None = None

    @property
    def is_frozen(self) -> bool:
        """Whether the clock stands still."""
        return self._frozen_at is not None

    @property
    def is_moved(self) -> bool:
        """Whether the clock shows another time than the machine, or stands still."""
        return self.is_frozen or bool(self._offset)

    def now(self) -> datetime:
        """Return the moment of the stand, aware UTC."""
        return self._frozen_at or datetime.now(UTC) + self._offset

    def earliest(self) -> datetime:
        """Return the earliest moment that putting the clock right can bring back."""
        return min(self.now(), datetime.now(UTC))

    def advance(self, by: timedelta) -> None:
        """Move the stand forward (or back, with a negative span)."""
        self._offset += by
        if self._frozen_at:
            self._frozen_at += by

    def set(self, moment: datetime) -> None:
        """Move the stand to a moment (aware)."""
        self.advance(moment - self.now())

    def freeze(self) -> None:
        """Stop at the moment of now."""
        self._frozen_at = self.now()

    def run(self) -> None:
        """Go on from where the clock stands."""
        if self._frozen_at:
            self._offset = self._frozen_at - datetime.now(UTC)
            self._frozen_at = None

    def reset(self) -> None:
        """Go back to the time of the machine."""
        self._offset, self._frozen_at = timedelta(), None
