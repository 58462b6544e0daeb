"""Times that are held for somebody (закрепление): nobody else can take them until then.

Invariant: a slot is `HELD` exactly as long as it has a row in `hold`; both change by a conditional
UPDATE in one transaction.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Hold, HoldPurpose, Slot, SlotStatus
from zdrav29_app.errors import SlotTaken


def place(
    session: Session,
    slot_id: int,
    patient_id: int,
    *,
    until: datetime,
    purpose: HoldPurpose = HoldPurpose.BOOKING,
    number: str | None = None,
    entry_id: int | None = None,
) -> Hold:
    """Hold a free time.

    Raises:
        SlotTaken: it is not free.
    """
    if not _change(session, slot_id, SlotStatus.FREE, SlotStatus.HELD):
        raise SlotTaken
    hold = Hold(
        slot_id=slot_id,
        patient_id=patient_id,
        purpose=purpose,
        number=number,
        entry_id=entry_id,
        until=until,
    )
    session.add(hold)
    session.flush()
    return hold


def of_patient(session: Session, patient_id: int, slot_id: int) -> Hold | None:
    """The hold of this patient on this time, as long as it lasts."""
    hold = session.get(Hold, slot_id)
    is_theirs = hold is not None and hold.patient_id == patient_id and hold.until > clock.now()
    return hold if is_theirs else None


def extend(session: Session, slot_id: int, by: timedelta) -> bool:
    """Hold a time for longer, once; False when it was extended or given back meanwhile."""
    longer = session.exec(
        update(Hold)
        .where(col(Hold.slot_id) == slot_id, col(Hold.is_extended).is_(False))
        .values(until=session.get_one(Hold, slot_id).until + by, is_extended=True)
    )
    return longer.rowcount == 1


def take(session: Session, slot_id: int, patient_id: int) -> None:
    """Make a time busy that is free, or held for this patient.

    Raises:
        SlotTaken: somebody was faster.
    """
    hold = of_patient(session, patient_id, slot_id)
    if hold:
        _forget(session, slot_id)
    if not _change(session, slot_id, SlotStatus.HELD if hold else SlotStatus.FREE, SlotStatus.BUSY):
        raise SlotTaken


def release(session: Session, slot_id: int) -> bool:
    """Give a held time back to everybody; False when it is not held any more."""
    return _forget(session, slot_id) and _change(session, slot_id, SlotStatus.HELD, SlotStatus.FREE)


def release_over(session: Session, slot_id: int) -> bool:
    """Give a time back whose hold has ended; False when it has not, or somebody else did so."""
    is_over = col(Hold.until) <= clock.now()
    return _forget(session, slot_id, is_over) and _change(
        session, slot_id, SlotStatus.HELD, SlotStatus.FREE
    )


def is_any_over(session: Session) -> bool:
    """Whether a hold has come to its end and still blocks its time."""
    over = select(Hold.slot_id).where(Hold.until <= clock.now()).limit(1)
    return session.exec(over).first() is not None


def expired(session: Session) -> list[Hold]:
    """Holds that have come to their end and still block their time."""
    return list(session.exec(select(Hold).where(Hold.until <= clock.now())))


def _forget(session: Session, slot_id: int, *conditions: ColumnElement[bool]) -> bool:
    gone = session.exec(delete(Hold).where(col(Hold.slot_id) == slot_id, *conditions))
    return gone.rowcount == 1


def _change(session: Session, slot_id: int, before: SlotStatus, after: SlotStatus) -> bool:
    changed = session.exec(
        update(Slot).where(col(Slot.id) == slot_id, col(Slot.status) == before).values(status=after)
    )
    return changed.rowcount == 1
