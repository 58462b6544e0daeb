"""What a version of a document says otherwise, as cards."""

from dataclasses import dataclass

from zdrav29_app import archive
from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.papers import Change, Measured
from zdrav29_app.services.documents import Opened
from zdrav29_app.texts import documents as texts

MOST = 40


@dataclass(frozen=True)
class ChangeCard:
    """One difference; `was` or `now` is a dash where nothing stands."""

    place: str
    was: str
    now: str


async def changes_of(opened: Opened) -> tuple[str, list[ChangeCard]]:
    """A heading and the differences to the version before; both empty for a first version."""
    if opened.before is None:
        return "", []
    title = texts.changed_since(opened.before.number)
    try:
        found = await archive.changes(opened.before, opened.shown)
    except DocumentDamaged:
        return title, []
    return title, [_card(one) for one in found[:MOST]]


def _card(one: Change) -> ChangeCard:
    place = texts.PLACES.get(one.place, one.place) or texts.IN_TEXT
    return ChangeCard(place, _words(one.was), _words(one.now))


def _words(one: str | Measured | None) -> str:
    if isinstance(one, Measured):
        return texts.measured(one.value, one.unit, one.low, one.high)
    return one or texts.NOT_THERE
