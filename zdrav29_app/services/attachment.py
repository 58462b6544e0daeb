"""Attachment to a clinic (прикрепление): where a patient is, since when, and where else.

Invariant: one open term per patient, held by a unique index; `Patient.clinic_id` is its clinic.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Attachment, Branch, Clinic, Doctor, Patient, Speciality
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import attachment as rules
from zdrav29_app.rules import words
from zdrav29_app.rules.booking import ADULT_AGE, age_on
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import FullName, local


@dataclass(frozen=True)
class Choice:
    """A clinic that may take the patient."""

    clinic_id: int
    name: str
    district: str
    addresses: tuple[str, ...]
    free_places: int
    is_own: bool


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


def my_terms(session: Session, viewer: Viewer) -> tuple[Term, ...]:
    """The terms of the patient whose cabinet is open, the latest first."""
    return _terms(session, viewer.patient_id)


def next_change(session: Session, viewer: Viewer) -> date | None:
    """The first day of the next choice; None when the patient may choose today."""
    chosen = chosen_on(session, viewer.patient_id)
    after = rules.next_change(chosen) if chosen else None
    return after if after and after > _today() else None


def choices(session: Session, viewer: Viewer, text: str = "") -> list[Choice]:
    """Clinics of primary care for the patient's age, her own first, then by district and name.

    `text` narrows them: each of its words begins a word of the name, the district or an address.
    """
    patient = session.get_one(Patient, viewer.patient_id)
    kinds = rules.primary_care_for(patient.birth_date, _today())
    places: dict[int, list[str]] = {}
    for clinic_id, address in session.exec(
        select(Branch.clinic_id, Branch.address).order_by(col(Branch.id))
    ):
        places.setdefault(clinic_id, []).append(address)
    rows = session.exec(
        select(Clinic).where(col(Clinic.kind).in_(kinds)).order_by(Clinic.district, Clinic.name)
    )
    found = [
        Choice(
            clinic_id=row.id or 0,
            name=row.name,
            district=row.district,
            addresses=tuple(places.get(row.id or 0, ())),
            free_places=row.free_places,
            is_own=row.id == patient.clinic_id,
        )
        for row in rows
    ]
    wanted = words.words_of(text)
    fitting = [one for one in found if all(words.is_known(word, _known(one)) for word in wanted)]
    return sorted(fitting, key=lambda one: not one.is_own)


def choice(session: Session, viewer: Viewer, clinic_id: int) -> Choice:
    """One of the clinics the patient may choose.

    Raises:
        NotFound: it is none of them.
    """
    found = next((one for one in choices(session, viewer) if one.clinic_id == clinic_id), None)
    if found is None:
        raise NotFound
    return found


def _known(one: Choice) -> frozenset[str]:
    return words.known_words([one.name, one.district, *one.addresses])


def attach(
    session: Session, patient: Patient, clinic_id: int | None, *, since: date, by_choice: bool
) -> None:
    """Begin a term at a clinic and end the one before; for None only end it."""
    session.exec(
        update(Attachment)
        .where(col(Attachment.patient_id) == patient.id, col(Attachment.until).is_(None))
        .values(until=since)
    )
    patient.clinic_id = clinic_id
    session.add(patient)
    if clinic_id is None:
        return
    doctor = _district_doctor(session, patient, clinic_id)
    session.add(
        Attachment(
            patient_id=patient.id or 0,
            clinic_id=clinic_id,
            doctor_id=doctor.id if doctor else None,
            by_choice=by_choice,
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
    )


def chosen_on(session: Session, patient_id: int) -> date | None:
    """When the patient last chose a clinic herself."""
    last = session.exec(
        select(Attachment)
        .where(Attachment.patient_id == patient_id, col(Attachment.by_choice))
        .order_by(col(Attachment.since).desc())
    ).first()
    return last.since if last else None


def _district_doctor(session: Session, patient: Patient, clinic_id: int) -> Doctor | None:
    """The district doctor of a patient: which plot an address belongs to, nobody publishes."""
    is_child = age_on(patient.birth_date, _today()) < ADULT_AGE
    doctors = session.exec(
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
    return doctors[(patient.id or 0) % len(doctors)] if doctors else None


def _today() -> date:
    return local(clock.now()).date()
