"""Free times go to the waiting list first (предложение из листа ожидания).

Invariant: whatever frees a time calls this room in the same transaction, so that nobody outside
the list can be faster. A place has one offer at once: the hold that carries its id.
"""

from dataclasses import dataclass
from typing import Self

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Doctor,
    Hold,
    HoldPurpose,
    Patient,
    Slot,
    SlotStatus,
    Speciality,
    WaitingEntry,
    WaitingStatus,
    WaitingStep,
)
from zdrav29_app.errors import HoldEnded, SlotTaken
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import notices as hours
from zdrav29_app.rules import waiting as rules
from zdrav29_app.services import (
    decisions,
    family,
    first_entry,
    holds,
    notices,
    preferences,
    queue,
    times,
)
from zdrav29_app.values import Stage, local


@dataclass(frozen=True)
class InAbsence:
    """For whom the checks are made while she is not here."""

    patient_id: int
    stage: Stage

    @classmethod
    def of(cls, session: Session, patient: Patient, told: Patient) -> Self:
        """A patient for whom `told` speaks."""
        return cls(patient.id or 0, first_entry.stage_of(session, told))


def offer_first(session: Session, slot_id: int) -> None:
    """Offer a free time to the first in the list whom it fits; nobody is told when there is none.

    Writes the hold, an event and notices in the caller's transaction.
    """
    slot, doctor = session.exec(
        select(Slot, Doctor)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .where(Slot.id == slot_id)
    ).one()
    if slot.status is not SlotStatus.FREE or not rules.may_be_offered(slot, now=clock.now()):
        return
    for entry in queue.standing(session, doctor.branch_id, doctor.speciality_code):
        if rules.fits(rules.wish_of(entry), slot) and _is_her_turn(session, entry, slot):
            _offer(session, entry, slot)
            return


def release(session: Session, slot_id: int) -> None:
    """Give a held time back: to the list, or to everybody."""
    if holds.release(session, slot_id):
        offer_first(session, slot_id)


def is_any_over(session: Session) -> bool:
    """Whether a hold or a waiting period has come to its end, and nobody has seen to it yet."""
    return holds.is_any_over(session) or bool(_out_of_time(session))


def end_over(session: Session) -> None:
    """End every hold and every waiting period whose time is over; each is ended once."""
    for hold in holds.expired(session):
        end_if_over(session, hold.slot_id)
    for entry in _out_of_time(session):
        _end_waiting(session, entry, why="period")


def is_anybody_open(session: Session) -> bool:
    """Whether somebody waits to whom nothing is offered now."""
    return session.exec(_open_places().limit(1)).first() is not None


def offer_free(session: Session) -> None:
    """Offer what is free to whom nothing is offered: a day has opened, a night is over."""
    places = session.exec(_open_places()).all()
    for branch_id, speciality_code in {(one.branch_id, one.speciality_code) for one in places}:
        for slot in _free_slots(session, branch_id, speciality_code):
            if any(rules.fits(rules.wish_of(one), slot) for one in places):
                offer_first(session, slot.id or 0)


def end_if_over(session: Session, slot_id: int) -> None:
    """Give a time back whose hold has ended; an offer that was let pass counts."""
    hold = session.get(Hold, slot_id)
    if hold is None or not holds.release_over(session, slot_id):
        return
    if hold.entry_id:
        _let_pass(session, hold.entry_id, slot_id)
    offer_first(session, slot_id)


def offer_to(session: Session, entry: WaitingEntry) -> Hold | None:
    """What is offered to a place now."""
    hold = session.exec(select(Hold).where(Hold.entry_id == entry.id)).first()
    return hold if hold and hold.until > clock.now() else None


def decline(session: Session, viewer: Viewer, entry_id: int) -> None:
    """Say no to an offer: the place stays, the next in the list has the time.

    Raises:
        NotFound: the viewer has no such place.
        HoldEnded: nothing is offered to it.
    """
    entry = queue.own(session, viewer, entry_id)
    hold = offer_to(session, entry)
    if hold is None:
        raise HoldEnded
    queue.note(session, entry, WaitingStep.DECLINED, **_facts(session, hold.slot_id))
    release(session, hold.slot_id)


def settle(session: Session, patient_id: int, speciality_code: str) -> None:
    """A patient has a visit to a speciality: she waits for it no longer, wherever it was."""
    rows = select(WaitingEntry).where(
        WaitingEntry.patient_id == patient_id,
        WaitingEntry.speciality_code == speciality_code,
        WaitingEntry.status == WaitingStatus.WAITING,
    )
    for entry in session.exec(rows).all():
        stop(session, entry, WaitingStatus.BOOKED)


def stop(session: Session, entry: WaitingEntry, status: WaitingStatus, **facts: str) -> bool:
    """Let a place wait no longer; what was offered to it goes to the next."""
    is_stopped = queue.stop(session, entry, status, **facts)
    offered = session.exec(select(Hold.slot_id).where(Hold.entry_id == entry.id)).first()
    if is_stopped and offered:
        release(session, offered)
    return is_stopped


def _is_her_turn(session: Session, entry: WaitingEntry, slot: Slot) -> bool:
    patient = session.get_one(Patient, entry.patient_id)
    told = family.who_speaks_for(session, patient)
    quiet = preferences.of(session, told.id or 0).quiet
    if quiet and hours.is_quiet(clock.now(), quiet):
        return False
    if _is_busy(session, entry) or _was_offered(session, entry, slot):
        return False
    asker = InAbsence.of(session, patient, told)
    return decisions.judge(session, asker, slot.id or 0).decision.refusal is None


def _is_busy(session: Session, entry: WaitingEntry) -> bool:
    """Whether the place has an offer, be it over: its end has to be counted first."""
    return session.exec(select(Hold.slot_id).where(Hold.entry_id == entry.id)).first() is not None


def _was_offered(session: Session, entry: WaitingEntry, slot: Slot) -> bool:
    offered = (one for one in queue.events_of(session, entry) if one.kind == WaitingStep.OFFERED)
    return any(one.facts["slot"] == str(slot.id) for one in offered)


def _offer(session: Session, entry: WaitingEntry, slot: Slot) -> None:
    until = rules.offer_until(slot, now=clock.now())
    try:
        holds.place(
            session,
            slot.id or 0,
            entry.patient_id,
            until=until,
            purpose=HoldPurpose.OFFER,
            entry_id=entry.id,
        )
    except SlotTaken:  # somebody was faster; whoever freed it need not care
        return
    queue.note(session, entry, WaitingStep.OFFERED, **_facts(session, slot.id or 0))
    patient = session.get_one(Patient, entry.patient_id)
    told = family.who_speaks_for(session, patient)
    notices.tell_of_offer(session, patient, told, times.time_of(session, slot.id or 0), until)


def _facts(session: Session, slot_id: int) -> dict[str, str]:
    starts_at = session.get_one(Slot, slot_id).starts_at
    return {"slot": str(slot_id), "starts_at": starts_at.isoformat()}


def _let_pass(session: Session, entry_id: int, slot_id: int) -> None:
    counted = session.exec(
        update(WaitingEntry)
        .where(col(WaitingEntry.id) == entry_id, col(WaitingEntry.status) == WaitingStatus.WAITING)
        .values(ignored=col(WaitingEntry.ignored) + 1)
    )
    entry = session.get_one(WaitingEntry, entry_id)
    if counted.rowcount != 1:
        return
    session.refresh(entry)
    queue.note(session, entry, WaitingStep.IGNORED, **_facts(session, slot_id))
    if entry.ignored >= rules.MOST_IGNORED:
        _end_waiting(session, entry, why="ignored")


def _end_waiting(session: Session, entry: WaitingEntry, *, why: str) -> None:
    if stop(session, entry, WaitingStatus.ENDED, why=why):
        patient = session.get_one(Patient, entry.patient_id)
        told = family.who_speaks_for(session, patient)
        speciality = session.get_one(Speciality, entry.speciality_code)
        notices.tell_waiting_ended(session, patient, told, speciality.name, why)


def _open_places() -> SelectOfScalar[WaitingEntry]:
    offered = select(Hold.entry_id).where(col(Hold.entry_id).is_not(None))
    return select(WaitingEntry).where(
        WaitingEntry.status == WaitingStatus.WAITING, col(WaitingEntry.id).not_in(offered)
    )


def _free_slots(session: Session, branch_id: int, speciality_code: str) -> list[Slot]:
    rows = (
        select(Slot)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .where(
            Doctor.branch_id == branch_id,
            Doctor.speciality_code == speciality_code,
            Slot.status == SlotStatus.FREE,
            Slot.starts_at > clock.now(),
        )
        .order_by(col(Slot.starts_at))
    )
    return list(session.exec(rows))


def _out_of_time(session: Session) -> list[WaitingEntry]:
    today = local(clock.now()).date()
    rows = select(WaitingEntry).where(
        WaitingEntry.status == WaitingStatus.WAITING, WaitingEntry.last_day < today
    )
    return list(session.exec(rows))
