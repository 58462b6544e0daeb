"""Who may order which certificate, and how long it takes.

Status of each figure: demo (our own choice); kinds are rows of register ФНСИ 1520.
"""

from datetime import date, datetime, timedelta

from zdrav29_app.errors import NoClinicToAsk, NotForThisAge
from zdrav29_app.papers import CertificateKind, CertificateStatus
from zdrav29_app.rules.attachment import decide_by
from zdrav29_app.rules.booking import ADULT_AGE, age_on

OPEN = frozenset({CertificateStatus.ORDERED, CertificateStatus.IN_WORK})
DEMO_TAKES_UP_AFTER = timedelta(minutes=30)
DEMO_READY_AFTER = timedelta(hours=2)
"""After the order was taken up."""

_FOR_CHILDREN = frozenset({CertificateKind.CAMP})
_FOR_ADULTS = frozenset({CertificateKind.TAX})


def kinds_for(birth_date: date, day: date) -> tuple[CertificateKind, ...]:
    """The kinds that are given at this age: camps are for children, taxes for adults."""
    left_out = _FOR_ADULTS if age_on(birth_date, day) < ADULT_AGE else _FOR_CHILDREN
    return tuple(kind for kind in CertificateKind if kind not in left_out)


def check_may_order(
    kind: CertificateKind, birth_date: date, day: date, *, clinic_id: int | None
) -> None:
    """Whether a clinic could make this certificate for this person.

    Raises:
        NoClinicToAsk: she is attached to no clinic.
        NotForThisAge: it is for children, or for adults only.
    """
    if clinic_id is None:
        raise NoClinicToAsk
    if kind not in kinds_for(birth_date, day):
        raise NotForThisAge


def promised_at(ordered_at: datetime) -> datetime:
    """The end of the second working day after the order: as long as a clinic's office takes."""
    return decide_by(ordered_at)
