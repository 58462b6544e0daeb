"""Which neighbours answer, as this process saw them last. Until the first look all of them do."""

from enum import StrEnum


class Neighbour(StrEnum):
    """A system that the cabinet depends on."""

    ESIA = "esia"


_silent: set[Neighbour] = set()


def note(neighbour: Neighbour, *, answers: bool) -> None:
    """Keep what was seen."""
    (_silent.discard if answers else _silent.add)(neighbour)


def is_up(neighbour: Neighbour) -> bool:
    """Whether it answered when it was last asked."""
    return neighbour not in _silent
