"""The order of the waiting list (очередь листа ожидания): who stands in it, and what happened.

A place stops waiting once, by a conditional UPDATE; whoever stands behind it is told why she moved.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import WaitingEntry, WaitingEvent, WaitingStatus, WaitingStep
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import waiting as rules

_STEPS = {
    WaitingStatus.BOOKED: WaitingStep.BOOKED,
    WaitingStatus.LEFT: WaitingStep.LEFT,
    WaitingStatus.ENDED: WaitingStep.ENDED,
}


def standing(session: Session, branch_id: int, speciality_code: str) -> list[WaitingEntry]:
    """Who waits for a speciality at a branch, the first of them first."""
    rows = session.exec(
        select(WaitingEntry)
        .where(
            WaitingEntry.status == WaitingStatus.WAITING,
            WaitingEntry.branch_id == branch_id,
            WaitingEntry.speciality_code == speciality_code,
        )
        .order_by(col(WaitingEntry.joined_at), col(WaitingEntry.id))
    )
    return list(rows)


def own(session: Session, viewer: Viewer, entry_id: int) -> WaitingEntry:
    """A place of the viewer.

    Raises:
        NotFound: she has no such place; whether somebody else has, is not told.
    """
    entry = session.get(WaitingEntry, entry_id)
    if entry is None or entry.patient_id != viewer.patient_id:
        raise NotFound
    return entry


def ahead_of(session: Session, entry: WaitingEntry) -> int:
    """How many wait before a place for what could fit both."""
    wish = rules.wish_of(entry)
    others = standing(session, entry.branch_id, entry.speciality_code)
    return sum(
        _order(other) < _order(entry) and rules.compete(rules.wish_of(other), wish)
        for other in others
    )


def stop(session: Session, entry: WaitingEntry, status: WaitingStatus, **facts: str) -> bool:
    """Let a place wait no longer; False when it had stopped before."""
    stopped = session.exec(
        update(WaitingEntry)
        .where(col(WaitingEntry.id) == entry.id, col(WaitingEntry.status) == WaitingStatus.WAITING)
        .values(status=status)
    )
    if stopped.rowcount != 1:
        return False
    note(session, entry, _STEPS[status], **facts)
    for other in _behind(session, entry):
        note(session, other, WaitingStep.MOVED_UP, why=status)
    return True


def note(session: Session, entry: WaitingEntry, step: WaitingStep, **facts: str) -> None:
    """Write down what happened to a place."""
    session.add(WaitingEvent(entry_id=entry.id or 0, kind=step, facts=facts, at=clock.now()))


def events_of(session: Session, entry: WaitingEntry) -> list[WaitingEvent]:
    """What happened to a place, the latest first."""
    rows = select(WaitingEvent).where(WaitingEvent.entry_id == entry.id)
    return list(session.exec(rows.order_by(col(WaitingEvent.id).desc())))


def _behind(session: Session, entry: WaitingEntry) -> Iterator[WaitingEntry]:
    wish = rules.wish_of(entry)
    for other in standing(session, entry.branch_id, entry.speciality_code):
        if _order(entry) < _order(other) and rules.compete(wish, rules.wish_of(other)):
            yield other


def _order(entry: WaitingEntry) -> tuple[datetime, int]:
    return entry.joined_at, entry.id or 0
