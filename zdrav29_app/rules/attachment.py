"""Who may be attached where, how often, and how long each step takes.

Source: 323-FZ art. 21 (once a year, except after moving) and order 406n of 26.04.2012, read
2026-11-25; the term of two working days and the twenty-four hours are those that the state portal
promises since 01.09.2025 (practice).
"""

from datetime import date, datetime, time, timedelta

import holidays

from zdrav29_app.db.tables import ClinicKind
from zdrav29_app.errors import ApplyInPerson, TooSoonForDoctor, TooSoonToChange
from zdrav29_app.rules.booking import ADULT_AGE, PASSPORT_AGE, age_on
from zdrav29_app.values import MOSCOW, ApplicationStatus, AttachmentReason, RefusalReason, local

WORKING_DAYS = 2  # practice
ACTIVE_AFTER = timedelta(hours=12)  # demo: inside the twenty-four hours of the norm
DEMO_ANSWERS_AFTER = timedelta(hours=3)  # demo: a clinic that decides within hours
UNDER_WAY = frozenset({ApplicationStatus.UNDER_REVIEW, ApplicationStatus.CONFIRMED})

_FOR_CHILDREN = frozenset({ClinicKind.CHILDREN, ClinicKind.DISTRICT_HOSPITAL})
_FOR_ADULTS = frozenset({ClinicKind.POLYCLINIC, ClinicKind.HOSPITAL, ClinicKind.DISTRICT_HOSPITAL})
_REFUSALS = (
    RefusalReason.FULL,
    RefusalReason.NO_PRIMARY_CARE,
    RefusalReason.TOO_SOON,
    RefusalReason.POLICY,
)
# norm: a doctor is chosen with his consent (323-FZ art. 21 part 1)
_DOCTOR_REFUSALS = (RefusalReason.DOCTOR, RefusalReason.TOO_SOON)
_CALENDAR = holidays.country_holidays("RU")  # the production calendar, with days that were moved


def primary_care_for(birth_date: date, day: date) -> frozenset[ClinicKind]:
    """The kinds of institutions a person of this age may be attached to."""
    return _FOR_CHILDREN if age_on(birth_date, day) < ADULT_AGE else _FOR_ADULTS


def next_change(chosen_on: date) -> date:
    """The first day of the next choice after one."""
    try:
        return chosen_on.replace(year=chosen_on.year + 1)
    except ValueError:  # chosen on 29 February
        return date(chosen_on.year + 1, 3, 1)


def check_may_change(chosen_on: date | None, reason: AttachmentReason, today: date) -> None:
    """Once a year is enough, but who has moved may choose anew.

    Raises:
        TooSoonToChange: it says from which day on it is possible.
    """
    if chosen_on is None or reason is AttachmentReason.MOVED:
        return
    if today < next_change(chosen_on):
        raise TooSoonToChange(next_change(chosen_on))


def check_may_choose_doctor(chosen_on: date | None, today: date) -> None:
    """Once a year; the choice begins anew with another clinic.

    Raises:
        TooSoonForDoctor: it says from which day on it is possible.
    """
    if chosen_on and today < next_change(chosen_on):
        raise TooSoonForDoctor(next_change(chosen_on))


def check_may_apply(birth_date: date, today: date, *, is_acting: bool) -> None:
    """A parent applies for a child under fourteen; everybody else applies herself.

    Raises:
        ApplyInPerson: another one's cabinet is open, and its person must apply herself.
    """
    if is_acting and age_on(birth_date, today) >= PASSPORT_AGE:
        raise ApplyInPerson


def refusals_for(*, is_doctor: bool) -> tuple[RefusalReason, ...]:
    """For what a clinic may refuse: a change of the clinic, or of the doctor in it."""
    return _DOCTOR_REFUSALS if is_doctor else _REFUSALS


def decide_by(submitted_at: datetime) -> datetime:
    """The end (local midnight, aware) of the second working day after the application."""
    day = local(submitted_at).date()
    left = WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return datetime.combine(day + timedelta(days=1), time(), MOSCOW)


def is_working(day: date) -> bool:
    """Whether a clinic's office works on that day."""
    return _CALENDAR.is_working_day(day)
