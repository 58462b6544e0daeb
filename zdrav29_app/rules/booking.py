"""What a patient may book. Pure functions of rows and `now`; each raises the one refusal it knows.

Status of each rule: norm (a law or an order), practice (what portals do) or demo (our assumption).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Patient,
    Slot,
    SlotStatus,
    Speciality,
)
from zdrav29_app.errors import (
    AlreadyBooked,
    BeyondHorizon,
    ReferralNeeded,
    SlotPast,
    SlotTaken,
    TimeConflict,
    TooLateToCancel,
    TooManyVisits,
    WrongAge,
    WrongSex,
)
from zdrav29_app.values import MOSCOW, Gender, local

HORIZON_DAYS = 14  # practice: the federal portal opens 14 days, today included; read 2026-11
ADULT_AGE = 18  # norm: children's clinics receive to 17 inclusive, 323-FZ art. 20, 54
MOST_ACTIVE_VISITS = 5  # demo: keeps one person from holding many times


@dataclass(frozen=True)
class ActiveVisit:
    """One visit the patient already holds."""

    number: str
    speciality: Speciality
    slot: Slot


def age_on(birth_date: date, day: date) -> int:
    """Full years of a person on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def adult_since(birth_date: date) -> datetime:
    """The midnight (local, aware) from which a person is received by doctors of adults."""
    try:
        day = birth_date.replace(year=birth_date.year + ADULT_AGE)
    except ValueError:  # born on 29 February
        day = date(birth_date.year + ADULT_AGE, 3, 1)
    return datetime.combine(day, time(), MOSCOW)


def horizon(now: datetime) -> datetime:
    """The end of the last day that is open for booking (local midnight, aware)."""
    today = local(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=HORIZON_DAYS)


def may_ever_fit(patient: Patient, speciality: Speciality, *, now: datetime) -> bool:
    """Whether a visit to this speciality could fit the patient on any day inside the horizon."""
    days = (local(now).date(), horizon(now).date() - timedelta(days=1))
    is_child = {age_on(patient.birth_date, day) < ADULT_AGE for day in days}
    fits_sex = not speciality.for_women or patient.gender is Gender.FEMALE
    return speciality.for_children in is_child and fits_sex


def check_may_book(
    patient: Patient,
    slot: Slot,
    speciality: Speciality,
    active: Sequence[ActiveVisit],
    *,
    now: datetime,
) -> None:
    """All checks in the order in which a patient can repair them.

    Raises:
        BookingRefused: the subclass says which rule stands in the way.
    """
    check_time_is_open(slot, now=now)
    check_patient_fits(patient, slot, speciality)
    check_other_visits(slot, speciality, active)
    if slot.status is not SlotStatus.FREE:
        raise SlotTaken


def check_time_is_open(slot: Slot, *, now: datetime) -> None:
    """The time lies ahead and inside the horizon.

    Raises:
        SlotPast: it has begun.
        BeyondHorizon: booking for that day is not open yet.
    """
    if slot.starts_at <= now:
        raise SlotPast
    if slot.starts_at >= horizon(now):
        raise BeyondHorizon(HORIZON_DAYS)


def check_patient_fits(patient: Patient, slot: Slot, speciality: Speciality) -> None:
    """The doctor receives such a patient; the age counts on the day of the visit.

    Raises:
        ReferralNeeded: practice: regional orders name the posts that are open without a referral.
        WrongAge: norm: 323-FZ art. 20, 54, read 2026-11.
        WrongSex: practice: only where medicine has it.
    """
    if speciality.by_referral:
        raise ReferralNeeded
    age = age_on(patient.birth_date, local(slot.starts_at).date())
    if speciality.for_children != (age < ADULT_AGE):
        raise WrongAge(age, for_children=speciality.for_children)
    if speciality.for_women and patient.gender is not Gender.FEMALE:
        raise WrongSex


def check_other_visits(slot: Slot, speciality: Speciality, active: Sequence[ActiveVisit]) -> None:
    """One active visit per speciality, none at the same time, and not too many.

    Raises:
        AlreadyBooked: practice: one speciality, one visit.
        TimeConflict: nobody is in two rooms at once.
        TooManyVisits: demo.
    """
    for visit in active:
        if visit.speciality.code == speciality.code:
            raise AlreadyBooked(visit.speciality.name, visit.slot.starts_at, visit.number)
    for visit in active:
        if visit.slot.starts_at < slot.ends_at and slot.starts_at < visit.slot.ends_at:
            raise TimeConflict(visit.speciality.name, visit.slot.starts_at, visit.number)
    if len(active) >= MOST_ACTIVE_VISITS:
        raise TooManyVisits(MOST_ACTIVE_VISITS)


def may_cancel(appointment: Appointment, slot: Slot, *, now: datetime) -> bool:
    """Whether the visit is still ahead (norm: none forbids it up to its beginning)."""
    return appointment.status is AppointmentStatus.BOOKED and slot.starts_at > now


def check_may_cancel(appointment: Appointment, slot: Slot, *, now: datetime) -> None:
    """The visit is booked and has not begun.

    Raises:
        TooLateToCancel: it has begun, is over or was cancelled before.
    """
    if not may_cancel(appointment, slot, now=now):
        raise TooLateToCancel
