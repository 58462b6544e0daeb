"""What the rules of booking need to know of a patient and a time, and what they say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Branch,
    CancelledBy,
    Clinic,
    Doctor,
    Patient,
    Quota,
    Referral,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.errors import NotFound, ReferralNeeded, SlotTaken
from zdrav29_app.identity import Asker
from zdrav29_app.rules.booking import ADULT_AGE, age_on, horizon
from zdrav29_app.rules.decision import ActiveVisit, Decision, Facts, decide, open_referral
from zdrav29_app.rules.norms import norms
from zdrav29_app.services import holds, referrals
from zdrav29_app.values import MOSCOW, Stage, local

NEIGHBOURS = 3


@dataclass(frozen=True)
class Judged:
    """A time, whose it is, and what the rules say of this viewer and it."""

    slot: Slot
    doctor: Doctor
    speciality: Speciality
    patient: Patient
    decision: Decision
    referral: Referral | None


@dataclass(frozen=True)
class Explained:
    """One check as a patient may see it; `status` is «norm», «practice» or «demo»."""

    text: str
    source: str
    status: str
    is_passed: bool


def judge(session: Session, viewer: Asker, slot_id: int, *, moving: str = "") -> Judged:
    """Every check for this viewer and time; `moving` is the number of a visit that would move.

    Raises:
        NotFound: no such time.
    """
    slot, doctor, branch, speciality = _slot(session, slot_id)
    facts = facts_of(session, viewer, slot, speciality, branch.clinic_id, moving)
    decision = decide(facts)
    _show_ways_on(session, facts, decision)
    referral = open_referral(facts.referrals, facts.today) if speciality.by_referral else None
    return Judged(slot, doctor, speciality, facts.patient, decision, referral)


def explain(session: Session, viewer: Asker, slot_id: int, *, moving: str = "") -> list[Explained]:
    """Every check in its order, with its rule and whether it stands in the way.

    Raises:
        NotFound: no such time.
    """
    outcomes = judge(session, viewer, slot_id, moving=moving).decision.outcomes
    return [
        Explained(norm.text, norm.source, norm.status, is_passed=outcomes[check] is None)
        for check, norm in norms().items()
    ]


def _slot(session: Session, slot_id: int) -> tuple[Slot, Doctor, Branch, Speciality]:
    found = session.exec(
        select(Slot, Doctor, Branch, Speciality)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(Slot.id == slot_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def facts_of(
    session: Session,
    viewer: Asker,
    slot: Slot,
    speciality: Speciality,
    clinic_id: int,
    moving: str = "",
) -> Facts:
    """What the checks look at; the time may be one that does not exist yet."""
    patient = session.get(Patient, viewer.patient_id)
    if patient is None:
        raise NotFound
    own = session.get(Clinic, patient.clinic_id) if patient.clinic_id else None
    referred = _referrals(session, viewer, speciality, moving)
    return Facts(
        patient=patient,
        slot=slot,
        speciality=speciality,
        clinic_id=clinic_id,
        now=clock.now(),
        own_clinic=own.name if own else None,
        active=[visit for visit in _active(session, viewer) if visit.number != moving],
        referrals=referred,
        is_observed=speciality.code in referrals.observed_specialities(session, viewer),
        quota_left=_quota_left(session, referred, slot),
        # a visit that is moved was not called off
        cancels=[] if moving else _cancels(session, viewer, speciality),
        is_held_for_patient=bool(holds.of_patient(session, viewer.patient_id, slot.id or 0)),
        has_consent=viewer.stage is Stage.COMPLETE,
    )


def _active(session: Session, viewer: Asker) -> list[ActiveVisit]:
    rows = session.exec(
        select(Appointment.number, Speciality, Slot)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(
            Appointment.patient_id == viewer.patient_id,
            Appointment.status == AppointmentStatus.BOOKED,
            Slot.ends_at > clock.now(),
        )
    )
    return [ActiveVisit(*row) for row in rows]


def _referrals(
    session: Session, viewer: Asker, speciality: Speciality, moving: str
) -> list[tuple[Referral, bool]]:
    rows = session.exec(
        select(Referral, col(Referral.id).in_(referrals.used(but_for=moving))).where(
            Referral.patient_id == viewer.patient_id,
            Referral.speciality_code == speciality.code,
        )
    )
    return [(referral, bool(is_used)) for referral, is_used in rows]


def _cancels(session: Session, viewer: Asker, speciality: Speciality) -> list[datetime]:
    midnight = datetime.combine(local(clock.now()).date(), datetime.min.time(), MOSCOW)
    rows = session.exec(
        select(Appointment.cancelled_at)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .where(
            Appointment.patient_id == viewer.patient_id,
            Appointment.cancelled_by == CancelledBy.PATIENT,
            col(Appointment.cancelled_at) >= midnight,
            Doctor.speciality_code == speciality.code,
        )
    )
    return [moment for moment in rows if moment]


def _quota_left(session: Session, referred: list[tuple[Referral, bool]], slot: Slot) -> int | None:
    day = local(slot.starts_at).date()
    referral = open_referral(referred, local(clock.now()).date())
    if referral is None:
        return None
    month = day.replace(day=1)
    places = session.exec(
        select(Quota.places).where(
            Quota.clinic_id == referral.clinic_id,
            Quota.speciality_code == referral.speciality_code,
            Quota.month == month,
        )
    ).one_or_none()
    return None if places is None else places - _sent(session, referral, month)


def _sent(session: Session, referral: Referral, month: date) -> int:
    """How many the same clinic has sent to this speciality in a month."""
    after = (month + timedelta(days=31)).replace(day=1)
    begin, end = (datetime.combine(day, datetime.min.time(), MOSCOW) for day in (month, after))
    return session.exec(
        select(func.count())
        .select_from(Appointment)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .join(Referral, col(Referral.id) == Appointment.referral_id)
        .where(
            col(Appointment.status).in_(referrals.USING),
            Referral.clinic_id == referral.clinic_id,
            Referral.speciality_code == referral.speciality_code,
            Slot.starts_at >= begin,
            Slot.starts_at < end,
        )
    ).one()


def _show_ways_on(session: Session, facts: Facts, decision: Decision) -> None:
    for refusal in decision.outcomes.values():
        if isinstance(refusal, SlotTaken):
            refusal.neighbours = neighbours(session, facts.slot)
        elif isinstance(refusal, ReferralNeeded):
            refusal.offer = _who_can_refer(session, facts)


def neighbours(session: Session, slot: Slot) -> tuple[datetime, ...]:
    """The next free times of the same doctor."""
    later = session.exec(
        select(Slot.starts_at)
        .where(
            Slot.doctor_id == slot.doctor_id,
            Slot.status == SlotStatus.FREE,
            Slot.kind == slot.kind,
            Slot.starts_at > max(slot.starts_at, clock.now()),
            Slot.starts_at < horizon(clock.now()),
        )
        .order_by(col(Slot.starts_at))
        .limit(NEIGHBOURS)
    )
    return tuple(later)


def _who_can_refer(session: Session, facts: Facts) -> tuple[int, datetime] | None:
    """The nearest free time of a district doctor where the patient is attached."""
    is_child = age_on(facts.patient.birth_date, facts.today) < ADULT_AGE
    found = session.exec(
        select(Slot.id, Slot.starts_at)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(
            col(Speciality.by_attachment),
            Speciality.for_children == is_child,
            Branch.clinic_id == facts.patient.clinic_id,
            Slot.status == SlotStatus.FREE,
            Slot.kind == SlotKind.SELF,
            Slot.starts_at > facts.now,
            Slot.starts_at < horizon(facts.now),
        )
        .order_by(col(Slot.starts_at))
        .limit(1)
    ).first()
    return (found[0] or 0, found[1]) if found else None
