"""Whose cabinet a person may open: her own, her young children's, and who allowed it by a code.

This is the one place that decides it.
"""

from datetime import date, datetime, time, timedelta

from zdrav29_app.db.tables import Patient, RelatedPerson
from zdrav29_app.rules.booking import age_on
from zdrav29_app.values import MOSCOW, local

# norm: from 15 a minor decides himself (323-FZ art. 54 part 2)
CHILD_UNTIL_AGE = 15
# demo: long enough for a course of treatment, short enough to be renewed knowingly
RELATIVE_FOR = timedelta(days=365)
ADULT_AGE = 18


def may_act_for(relation: RelatedPerson, *, now: datetime) -> bool:
    """Whether this right is in force."""
    return relation.revoked_at is None and relation.given_at <= now < relation.until


def child_until(birth_date: date) -> datetime:
    """The local midnight at which a parent's right ends."""
    try:
        day = birth_date.replace(year=birth_date.year + CHILD_UNTIL_AGE)
    except ValueError:  # born on 29 February
        day = date(birth_date.year + CHILD_UNTIL_AGE, 3, 1)
    return datetime.combine(day, time(), MOSCOW)


def may_ask_for(patient: Patient, *, now: datetime) -> bool:
    """Whether a relative may be let in by a code: an adult who has entered the cabinet herself."""
    is_adult = age_on(patient.birth_date, local(now).date()) >= ADULT_AGE
    return is_adult and patient.phone is not None and patient.phone_confirmed_at is not None
