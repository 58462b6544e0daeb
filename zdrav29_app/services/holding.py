"""Holding a time while its patient checks it (закрепление времени на время записи).

The hold hangs on the patient and the time, not on a session: whoever comes back finds it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Hold, HoldPurpose, Patient, Slot
from zdrav29_app.errors import HoldEnded, SlotTaken
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, decisions, holds, offers, patients
from zdrav29_app.services.times import DoctorTime, time_of

HOLD_FOR = timedelta(minutes=5)
_CHOSEN = (HoldPurpose.BOOKING, HoldPurpose.TRANSFER)


@dataclass(frozen=True)
class Choice:
    """A time the viewer has chosen and not booked; `moving` is the visit that is to have it."""

    time: DoctorTime
    until: datetime
    moving: str


@dataclass(frozen=True)
class Held:
    """A time that is held for the viewer until then (aware UTC); extended means: no more."""

    until: datetime
    is_extended: bool


def hold_slot(session: Session, viewer: Viewer, slot_id: int, *, moving: str = "") -> Held:
    """Hold a time while its patient checks it; asking again gives the same hold, not a longer one.

    She holds one time at once: another choice gives the one before back.

    Raises:
        NotFound: no such slot.
        BookingRefused: a rule forbids it; the subclass says which.
    """
    patients.take_turn(session, viewer.patient_id)
    judged = booking.allowed(session, viewer, slot_id, moving=moving)
    hold = holds.of_patient(session, viewer.patient_id, slot_id)
    if hold is None:
        for other in _own_holds(session, viewer):
            offers.release(session, other)
        hold = _place(session, judged.slot, judged.patient, moving)
    is_fixed = hold.is_extended or hold.purpose not in _CHOSEN
    return Held(hold.until, is_extended=is_fixed)


def extend_hold(session: Session, viewer: Viewer, slot_id: int) -> None:
    """Hold a time for as long again, once.

    Raises:
        HoldEnded: it is not held any more, or was extended before.
    """
    hold = holds.of_patient(session, viewer.patient_id, slot_id)
    if hold is None or hold.is_extended or hold.purpose not in _CHOSEN:
        raise HoldEnded
    if not holds.extend(session, slot_id, HOLD_FOR):
        raise HoldEnded


def chosen(session: Session, viewer: Viewer) -> Choice | None:
    """What the viewer was about to book, as long as it is held."""
    hold = session.exec(
        select(Hold).where(
            Hold.patient_id == viewer.patient_id,
            col(Hold.purpose).in_(_CHOSEN),
            Hold.until > clock.now(),
        )
    ).first()
    if hold is None:
        return None
    return Choice(time_of(session, hold.slot_id), hold.until, hold.number or "")


def _own_holds(session: Session, viewer: Viewer) -> list[int]:
    rows = select(Hold.slot_id).where(
        Hold.patient_id == viewer.patient_id, col(Hold.purpose).in_(_CHOSEN)
    )
    return list(session.exec(rows))


def _place(session: Session, slot: Slot, patient: Patient, moving: str) -> Hold:
    try:
        return holds.place(
            session,
            slot.id or 0,
            patient.id or 0,
            until=clock.now() + HOLD_FOR,
            purpose=HoldPurpose.TRANSFER if moving else HoldPurpose.BOOKING,
            number=moving or None,
        )
    except SlotTaken:
        raise SlotTaken(decisions.neighbours(session, slot)) from None
