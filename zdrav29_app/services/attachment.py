"""Attachment to a clinic (прикрепление): where a patient is, since when, and where else.

Invariant: one open term per patient, held by a unique index; `Patient.clinic_id` is its clinic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Attachment, Branch, Clinic, Doctor, Patient, Speciality
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import attachment as rules
from zdrav29_app.rules.booking import ADULT_AGE, age_on
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import FullName, local


@dataclass(frozen=True)
class Term:
    """A term at a clinic. `until` is None while it lasts, `doctor` while nobody is assigned."""

    clinic: str
    district: str
    address: str
    doctor: FullName | None
    post: str
    plot: str
    since: date
    until: date | None
    by_choice: bool
    doctor_by_choice: bool


def my_terms(session: Session, viewer: Viewer) -> tuple[Term, ...]:
    """The terms of the patient whose cabinet is open, the latest first."""
    return _terms(session, viewer.patient_id)


def next_change(session: Session, viewer: Viewer) -> date | None:
    """The first day of the next choice; None when the patient may choose today."""
    chosen = chosen_on(session, viewer.patient_id)
    after = rules.next_change(chosen) if chosen else None
    return after if after and after > _today() else None


def attach(
    session: Session,
    patient: Patient,
    clinic_id: int | None,
    *,
    since: date,
    by_choice: bool,
    doctor_id: int | None = None,
) -> None:
    """Begin a term at a clinic and end the one before; for None only end it.

    `doctor_id` is the doctor that the patient chose in it; otherwise it is the one of her plot.
    """
    session.exec(
        update(Attachment)
        .where(col(Attachment.patient_id) == patient.id, col(Attachment.until).is_(None))
        .values(until=since)
    )
    patient.clinic_id = clinic_id
    session.add(patient)
    if clinic_id is None:
        return
    session.add(
        Attachment(
            patient_id=patient.id or 0,
            clinic_id=clinic_id,
            doctor_id=doctor_id or _plot_doctor(session, patient, clinic_id),
            by_choice=by_choice,
            doctor_by_choice=doctor_id is not None,
            since=since,
        )
    )


def _terms(session: Session, patient_id: int) -> tuple[Term, ...]:
    rows = session.exec(
        select(Attachment, Clinic, Doctor)
        .join(Clinic, col(Clinic.id) == Attachment.clinic_id)
        .outerjoin(Doctor, col(Doctor.id) == Attachment.doctor_id)
        .where(Attachment.patient_id == patient_id)
        .order_by(col(Attachment.id).desc())
    )
    return tuple(_term(session, row, clinic, doctor) for row, clinic, doctor in rows)


def _term(session: Session, row: Attachment, clinic: Clinic, doctor: Doctor | None) -> Term:
    branch_id = doctor.branch_id if doctor else None
    query = select(Branch.address).where(Branch.clinic_id == clinic.id).order_by(col(Branch.id))
    if branch_id:
        query = query.where(Branch.id == branch_id)
    return Term(
        clinic=clinic.name,
        district=clinic.district,
        address=session.exec(query).first() or "",
        doctor=name_of(doctor) if doctor else None,
        post=doctor.post if doctor else "",
        plot=(doctor.plot or "") if doctor else "",
        since=row.since,
        until=row.until,
        by_choice=row.by_choice,
        doctor_by_choice=row.doctor_by_choice,
    )


def chosen_on(session: Session, patient_id: int) -> date | None:
    """When the patient last chose a clinic herself."""
    last = session.exec(
        select(Attachment)
        .where(Attachment.patient_id == patient_id, col(Attachment.by_choice))
        .order_by(col(Attachment.since).desc())
    ).first()
    return last.since if last else None


def doctor_chosen_on(session: Session, patient_id: int) -> date | None:
    """When the patient last chose the doctor in the clinic where she is now."""
    rows = session.exec(
        select(Attachment)
        .where(Attachment.patient_id == patient_id)
        .order_by(col(Attachment.id).desc())
    ).all()
    for row in rows:
        if row.clinic_id != rows[0].clinic_id:
            return None
        if row.doctor_by_choice:
            return row.since
    return None


def district_doctors(session: Session, patient: Patient, clinic_id: int) -> Sequence[Doctor]:
    """The district doctors of a clinic for a patient's age."""
    is_child = age_on(patient.birth_date, _today()) < ADULT_AGE
    return session.exec(
        select(Doctor)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(
            Branch.clinic_id == clinic_id,
            col(Speciality.by_attachment),
            Speciality.for_children == is_child,
        )
        .order_by(col(Doctor.id))
    ).all()


def _plot_doctor(session: Session, patient: Patient, clinic_id: int) -> int | None:
    """The doctor of a patient's plot: which plot an address belongs to, nobody publishes."""
    doctors = district_doctors(session, patient, clinic_id)
    return doctors[(patient.id or 0) % len(doctors)].id if doctors else None


def _today() -> date:
    return local(clock.now()).date()
