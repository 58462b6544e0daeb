"""Times held for a patient whose visit the clinic called off (замена отменённой записи).

They are ordinary holds with the number of that visit: she takes one by booking it, and the others
go back; so they do when she says no, books the speciality otherwise, or lets the day pass.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Action,
    Appointment,
    Branch,
    Doctor,
    Hold,
    HoldPurpose,
    Slot,
    SlotStatus,
)
from zdrav29_app.errors import SlotTaken
from zdrav29_app.identity import Asker, Viewer
from zdrav29_app.rules import booking as rules
from zdrav29_app.services import audit, decisions, holds, offers, visits
from zdrav29_app.services.times import DoctorTime, times_of
from zdrav29_app.services.visits import Visit


@dataclass(frozen=True)
class CalledOff:
    """A visit the clinic called off, with what is held instead until then (aware UTC)."""

    visit: Visit
    times: tuple[DoctorTime, ...]
    until: datetime


def mine(session: Session, viewer: Viewer) -> list[CalledOff]:
    """The viewer's visits for which times are held instead."""
    rows = session.exec(
        select(Hold)
        .where(
            Hold.patient_id == viewer.patient_id,
            Hold.purpose == HoldPurpose.REPLACEMENT,
            Hold.until > clock.now(),
        )
        .order_by(col(Hold.number))
    )
    by_visit = [(number, list(held)) for number, held in groupby(rows, lambda one: one.number)]
    return [
        CalledOff(
            visits.my_visit(session, viewer, number or ""),
            tuple(times_of(session, [one.slot_id for one in held])),
            max(one.until for one in held),
        )
        for number, held in by_visit
    ]


def refuse(session: Session, viewer: Viewer, number: str) -> None:
    """Say no to all times that are held instead of a visit; doing so twice is the same.

    Raises:
        NotFound: the viewer has no such visit.
    """
    visits.my_visit(session, viewer, number)
    held = _held(session, viewer.patient_id, number=number)
    for slot_id in held:
        offers.release(session, slot_id)
    if held:
        audit.record(session, viewer, Action.REPLACEMENTS_REFUSED, f"visit:{number}")


def settle(session: Session, patient_id: int, speciality_code: str) -> None:
    """A patient has a visit to a speciality again: the times held instead go back."""
    for slot_id in _held(session, patient_id, speciality_code=speciality_code):
        offers.release(session, slot_id)


def hold_for(session: Session, asker: Asker, appointment: Appointment) -> list[DoctorTime]:
    """Hold the best times instead of a visit that was called off; fewer when there are fewer.

    The same doctor comes first, then her branch, then her clinic; of those the time nearest to the
    one that was lost.
    """
    held: list[int] = []
    for slot in _nearest(session, session.get_one(Slot, appointment.slot_id)):
        if len(held) == rules.REPLACEMENTS:
            break
        if _hold(session, asker, slot, appointment.number):
            held.append(slot.id or 0)
    return times_of(session, held)


def _hold(session: Session, asker: Asker, slot: Slot, number: str) -> bool:
    if decisions.judge(session, asker, slot.id or 0).decision.refusal:
        return False
    until = min(clock.now() + rules.REPLACEMENT_FOR, slot.starts_at)
    try:
        holds.place(
            session,
            slot.id or 0,
            asker.patient_id,
            until=until,
            purpose=HoldPurpose.REPLACEMENT,
            number=number,
        )
    except SlotTaken:  # somebody was faster: the next one
        return False
    return True


def _nearest(session: Session, lost: Slot) -> list[Slot]:
    doctor, branch = session.exec(
        select(Doctor, Branch)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .where(Doctor.id == lost.doctor_id)
    ).one()
    rows = session.exec(
        select(Slot, Doctor)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .where(
            Branch.clinic_id == branch.clinic_id,
            Doctor.speciality_code == doctor.speciality_code,
            Slot.status == SlotStatus.FREE,
            Slot.starts_at >= clock.now() + rules.REPLACEMENT_LEAD,
        )
    ).all()

    def order(row: tuple[Slot, Doctor]) -> tuple[bool, bool, float, int]:
        slot, other = row
        apart = abs((slot.starts_at - lost.starts_at).total_seconds())
        return other.id != doctor.id, other.branch_id != branch.id, apart, slot.id or 0

    return [slot for slot, _ in sorted(rows, key=order)]


def _held(
    session: Session, patient_id: int, *, number: str = "", speciality_code: str = ""
) -> list[int]:
    rows = (
        select(Hold.slot_id)
        .join(Slot, col(Slot.id) == Hold.slot_id)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .where(Hold.patient_id == patient_id, Hold.purpose == HoldPurpose.REPLACEMENT)
    )
    if number:
        rows = rows.where(Hold.number == number)
    if speciality_code:
        rows = rows.where(Doctor.speciality_code == speciality_code)
    return list(session.exec(rows).all())
