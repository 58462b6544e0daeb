"""The viewer's referrals (направления, FHIR ServiceRequest), and what they open."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, or_, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Clinic,
    DispensaryRecord,
    Referral,
    Speciality,
)
from zdrav29_app.identity import Asker, Viewer
from zdrav29_app.values import local

USING = (AppointmentStatus.BOOKED, AppointmentStatus.FULFILLED)
"""Visits that use a referral up: a cancelled or missed one gives it back."""


class ReferralState(StrEnum):
    """What can be done with a referral today."""

    OPEN = "open"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True)
class MyReferral:
    """A referral as its patient may see it; `visit` is the number of the visit that used it."""

    number: str
    speciality: str
    speciality_code: str
    clinic: str
    issued_by: str
    reason: str
    issued_on: date
    valid_until: date
    state: ReferralState
    visit: str


def my_referrals(session: Session, viewer: Viewer) -> list[MyReferral]:
    """The viewer's referrals: what can be used first, the soonest to end on top."""
    rows = session.exec(
        select(Referral, Speciality, Clinic, Appointment.number)
        .join(Speciality, col(Speciality.code) == Referral.speciality_code)
        .join(Clinic, col(Clinic.id) == Referral.clinic_id)
        .join(
            Appointment,
            (col(Appointment.referral_id) == Referral.id) & col(Appointment.status).in_(USING),
            isouter=True,
        )
        .where(Referral.patient_id == viewer.patient_id)
        .order_by(col(Referral.valid_until), col(Referral.id))
    )
    found = [_referral(row, speciality, clinic, visit) for row, speciality, clinic, visit in rows]
    return sorted(found, key=lambda one: one.state is not ReferralState.OPEN)


def opened_specialities(session: Session, viewer: Asker) -> set[str]:
    """Codes of specialities by referral that are open to the viewer.

    Either there is a referral in force that no visit has used, or she is under observation there.
    """
    referred = select(Referral.speciality_code).where(
        Referral.patient_id == viewer.patient_id,
        Referral.valid_until >= _today(),
        col(Referral.id).not_in(used()),
    )
    return {*session.exec(referred), *observed_specialities(session, viewer)}


def observed_specialities(session: Session, viewer: Asker) -> set[str]:
    """Codes of the specialities under whose observation (диспансерное наблюдение) she is."""
    today = _today()
    rows = select(DispensaryRecord.speciality_code).where(
        DispensaryRecord.patient_id == viewer.patient_id,
        DispensaryRecord.since <= today,
        or_(col(DispensaryRecord.until).is_(None), col(DispensaryRecord.until) >= today),
    )
    return set(session.exec(rows))


def used(*, but_for: str = "") -> Any:
    """A query for the ids of referrals that visits have used up, but for the visit of a number."""
    return select(Appointment.referral_id).where(
        col(Appointment.status).in_(USING),
        col(Appointment.referral_id).is_not(None),
        Appointment.number != but_for,
    )


def _referral(
    row: Referral, speciality: Speciality, clinic: Clinic, visit: str | None
) -> MyReferral:
    return MyReferral(
        number=row.number,
        speciality=speciality.name,
        speciality_code=speciality.code,
        clinic=clinic.name,
        issued_by=row.issued_by,
        reason=row.reason,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        state=_state(row, is_used=visit is not None),
        visit=visit or "",
    )


def _state(row: Referral, *, is_used: bool) -> ReferralState:
    if is_used:
        return ReferralState.USED
    return ReferralState.OPEN if row.valid_until >= _today() else ReferralState.EXPIRED


def _today() -> date:
    return local(clock.now()).date()
