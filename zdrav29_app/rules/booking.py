"""When visits may be booked and called off, and by whom. Pure functions of rows and `now`.

The checks before a booking are in decision.py, the table of their sources in booking.yaml.
"""

from datetime import date, datetime, time, timedelta

from zdrav29_app.db.tables import Appointment, AppointmentStatus, Patient, Slot, Speciality
from zdrav29_app.errors import TooLateToCancel
from zdrav29_app.rules.norms import Check, norms
from zdrav29_app.values import MOSCOW, Gender, local

HORIZON_DAYS = norms()[Check.HORIZON].value
ADULT_AGE = norms()[Check.AGE].value
PASSPORT_AGE = 14
SOON = timedelta(hours=24)  # demo: a time given back later may find nobody
# when a clinic calls a visit off (status: demo, our own choice)
REPLACEMENTS = 3
REPLACEMENT_FOR = timedelta(hours=24)
REPLACEMENT_LEAD = timedelta(hours=1)  # nobody can come to what begins sooner


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


def has_passport(birth_date: date, day: date) -> bool:
    """Whether a person is old enough on that day to bring a passport.

    Source: Указ Президента РФ 232 of 13.03.1997, paragraph 1, read 2026-11-25.
    """
    return age_on(birth_date, day) >= PASSPORT_AGE


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


def may_cancel(appointment: Appointment, slot: Slot, *, now: datetime) -> bool:
    """Whether the visit is still ahead (norm: none forbids it up to its beginning)."""
    return appointment.status is AppointmentStatus.BOOKED and slot.starts_at > now


def is_soon(slot: Slot, *, now: datetime) -> bool:
    """Whether a time given back now may find nobody who can still come."""
    return slot.starts_at - now < SOON


def check_may_cancel(appointment: Appointment, slot: Slot, *, now: datetime) -> None:
    """The visit is booked and has not begun.

    Raises:
        TooLateToCancel: it has begun, is over or was cancelled before.
    """
    if not may_cancel(appointment, slot, now=now):
        raise TooLateToCancel
