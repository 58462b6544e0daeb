"""Visits and referrals of a person, as a test or a trainer wants them to be.

Bodies come from outside: what makes no sense is a `ValueError` whose text says what is expected.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from sqlalchemy import delete, func
from sqlmodel import Session, col, or_, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Branch,
    CancelledBy,
    Doctor,
    Patient,
    Referral,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
    VisitLink,
)
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import EsiaPerson
from zdrav29_app.services import family, patients, reminders
from zdrav29_app.services.booking import free_number
from zdrav29_app.values import MOSCOW, local

ISSUED_BY = "Лодьева М. П., терапевт"
FARTHEST_DAYS = 730
LONGEST = 200
_VISIT = frozenset({"speciality", "in_days", "time", "status", "by", "reason"})
_REFERRAL = frozenset({"speciality", "reason", "days"})


@dataclass(frozen=True)
class _Wanted:
    """One visit as it was asked for; `at` is None for any time of that day."""

    speciality: str
    day: date
    at: time | None
    status: AppointmentStatus
    by: CancelledBy
    reason: str | None


def change(session: Session, person: EsiaPerson, fields: dict[str, Any]) -> None:
    """Set `visits` and `referrals` of a person, whichever of them is there.

    Raises:
        ValueError: one of them makes no sense.
        NotFound: there is no such speciality, or nobody of it receives.
    """
    if "referrals" in fields:
        set_referrals(session, person, fields["referrals"])
    if "visits" in fields:
        set_visits(session, person, fields["visits"])


def set_visits(session: Session, person: EsiaPerson, body: object) -> None:
    """Give a person these visits instead of those she has.

    Raises:
        ValueError: the body says something else than visits.
        NotFound: nobody of such a speciality receives.
    """
    today = local(clock.now()).date()
    wanted = [_visit(one, today) for one in _objects(body, "visits", _VISIT)]
    patient = patients.refresh(session, person)
    _forget_visits(session, patient)
    for one in wanted:
        _make_visit(session, patient, one)
    session.flush()
    reminders.plan(session, patient, family.who_speaks_for(session, patient))


def set_referrals(session: Session, person: EsiaPerson, body: object) -> None:
    """Give a person these referrals instead of those she has not used.

    Raises:
        ValueError: the body says something else than referrals.
        NotFound: there is no such speciality.
    """
    wanted = _objects(body, "referrals", _REFERRAL)
    for one in wanted:
        _check(_is_words(one.get("speciality")) and _is_words(one.get("reason", "")), "referrals")
        _check(_is_days(one.get("days")), "referrals: days")
    patient = patients.refresh(session, person)
    used = select(Appointment.referral_id).where(col(Appointment.referral_id).is_not(None))
    session.exec(
        delete(Referral).where(
            col(Referral.patient_id) == patient.id, col(Referral.id).not_in(used)
        )
    )
    for one in wanted:
        refer(session, patient, one["speciality"], one.get("reason", ""), days=one["days"])


def refer(session: Session, patient: Patient, speciality: str, reason: str, *, days: int) -> None:
    """Give a patient a referral that ends so many days from today.

    Raises:
        NotFound: there is no such speciality, or no clinic that could refer.
    """
    clinic_id = patient.clinic_id or session.exec(select(Branch.clinic_id)).first()
    if clinic_id is None:
        raise NotFound
    last = session.exec(select(func.max(Referral.id))).one() or 0
    until = local(clock.now()).date() + timedelta(days=days)
    session.add(
        Referral(
            number=f"29-Н-{last + 1:06d}",
            patient_id=patient.id or 0,
            speciality_code=_speciality(session, speciality).code,
            clinic_id=clinic_id,
            issued_by=ISSUED_BY,
            reason=reason,
            issued_on=until - timedelta(days=30),
            valid_until=until,
        )
    )
    session.flush()


def _objects(body: object, what: str, known: frozenset[str]) -> list[dict[str, Any]]:
    every = cast("list[object]", body) if isinstance(body, list) else [None]
    for one in every:
        fields = set(cast("dict[str, Any]", one)) if isinstance(one, dict) else {"?"}
        _check(fields <= known, f"{what}: a list of {{{', '.join(sorted(known))}}}")
    return cast("list[dict[str, Any]]", every)


def _visit(one: dict[str, Any], today: date) -> _Wanted:
    _check(_is_words(one.get("speciality")), "visits: speciality")
    _check(_is_days(one.get("in_days")), "visits: in_days, a whole number")
    _check(one.get("status", "booked") in set(AppointmentStatus), "visits: a known status")
    _check(one.get("by", "patient") in set(CancelledBy), "visits: by patient or clinic")
    _check(_is_words(one.get("reason", "")), "visits: reason")
    return _Wanted(
        speciality=one["speciality"],
        day=today + timedelta(days=one["in_days"]),
        at=_time(one["time"]) if "time" in one else None,
        status=AppointmentStatus(one.get("status", "booked")),
        by=CancelledBy(one.get("by", "patient")),
        reason=one.get("reason"),
    )


def _time(value: object) -> time:
    try:
        return time.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise ValueError("visits: time like 09:15 is expected") from None


def _is_words(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _is_days(value: object) -> bool:
    return type(value) is int and abs(value) <= FARTHEST_DAYS


def _check(is_right: bool, expected: str) -> None:  # noqa: FBT001  one claim, and its words
    if not is_right:
        raise ValueError(f"{expected} is expected")


def _forget_visits(session: Session, patient: Patient) -> None:
    rows = session.exec(select(Appointment).where(Appointment.patient_id == patient.id)).all()
    for row in rows:
        session.exec(delete(VisitLink).where(col(VisitLink.appointment_id) == row.id))
        if row.status is AppointmentStatus.BOOKED:
            session.get_one(Slot, row.slot_id).status = SlotStatus.FREE
        session.delete(row)
    session.flush()


def _make_visit(session: Session, patient: Patient, wanted: _Wanted) -> None:
    now = clock.now()
    slot = _slot(session, patient, wanted)
    is_cancelled = wanted.status is AppointmentStatus.CANCELLED
    if not is_cancelled:
        slot.status = SlotStatus.BUSY
    session.add(
        Appointment(
            number=free_number(session),
            slot_id=slot.id or 0,
            patient_id=patient.id or 0,
            status=wanted.status,
            created_at=min(now, slot.starts_at) - timedelta(days=1),
            cancelled_at=min(now, slot.starts_at) if is_cancelled else None,
            cancelled_by=wanted.by if is_cancelled else None,
            cancel_reason=wanted.reason if is_cancelled else None,
        )
    )
    session.flush()


def _slot(session: Session, patient: Patient, wanted: _Wanted) -> Slot:
    """A time of that day: a free one, else one of the invented crowd's, else a new one."""
    speciality = _speciality(session, wanted.speciality)
    doctors = session.exec(
        select(Doctor)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .where(Doctor.speciality_code == speciality.code)
        .order_by(col(Branch.clinic_id) != patient.clinic_id, col(Doctor.id))
    ).all()
    if not doctors:
        raise NotFound
    found = _known_slots(session, [one.id or 0 for one in doctors], wanted)
    if found:
        return found[0]
    step = timedelta(minutes=speciality.slot_minutes)
    starts_at = datetime.combine(wanted.day, wanted.at or time(10), MOSCOW)
    while _is_there(session, doctors[0], starts_at):
        starts_at += step
    slot = Slot(
        doctor_id=doctors[0].id or 0,
        starts_at=starts_at,
        ends_at=starts_at + step,
        kind=SlotKind.REFERRAL if speciality.by_referral else SlotKind.SELF,
    )
    session.add(slot)
    session.flush()
    return slot


def _known_slots(session: Session, doctors: list[int], wanted: _Wanted) -> list[Slot]:
    begin = datetime.combine(wanted.day, time(), MOSCOW)
    rows = session.exec(
        select(Slot).where(
            col(Slot.doctor_id).in_(doctors),
            Slot.starts_at >= begin,
            Slot.starts_at < begin + timedelta(days=1),
            Slot.status != SlotStatus.HELD,
            col(Slot.id).not_in(
                select(Appointment.slot_id).where(Appointment.status == AppointmentStatus.BOOKED)
            ),
        )
    )
    fitting = [
        one
        for one in rows
        if wanted.at in {None, local(one.starts_at).time()}
        and (wanted.status is not AppointmentStatus.BOOKED or one.starts_at > clock.now())
    ]
    order = {doctor: place for place, doctor in enumerate(doctors)}
    return sorted(
        fitting,
        key=lambda one: (order[one.doctor_id], one.status is not SlotStatus.FREE, one.starts_at),
    )


def _is_there(session: Session, doctor: Doctor, starts_at: datetime) -> bool:
    rows = select(Slot.id).where(Slot.doctor_id == doctor.id, Slot.starts_at == starts_at)
    return session.exec(rows).first() is not None


def _speciality(session: Session, named: str) -> Speciality:
    rows = select(Speciality).where(or_(Speciality.code == named, Speciality.name == named))
    found = session.exec(rows).first()
    if found is None:
        raise NotFound
    return found
