"""Choosing one's district doctor (выбор врача) in the clinic one is attached to, once a year."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Attachment, Branch, Doctor, Patient
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import attachment as rules
from zdrav29_app.services import attachment
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import FullName, local


@dataclass(frozen=True)
class Colleague:
    """A district doctor of the patient's clinic."""

    doctor_id: int
    name: FullName
    post: str
    category: str
    plot: str
    branch: str
    address: str
    is_own: bool


def colleagues(session: Session, viewer: Viewer) -> list[Colleague]:
    """The district doctors of the patient's clinic for her age, her own first."""
    patient = session.get_one(Patient, viewer.patient_id)
    if patient.clinic_id is None:
        return []
    own = _own_doctor(session, patient)
    doctors = attachment.district_doctors(session, patient, patient.clinic_id)
    branches = {
        one.id: one
        for one in session.exec(select(Branch).where(Branch.clinic_id == patient.clinic_id))
    }
    found = [_colleague(one, branches[one.branch_id], own) for one in doctors]
    return sorted(found, key=lambda one: not one.is_own)


def colleague(session: Session, viewer: Viewer, doctor_id: int) -> Colleague:
    """One of them whom the patient does not have yet.

    Raises:
        NotFound: it is none of them.
    """
    for one in colleagues(session, viewer):
        if one.doctor_id == doctor_id and not one.is_own:
            return one
    raise NotFound


def next_choice(session: Session, viewer: Viewer) -> date | None:
    """The first day of the next choice; None when the patient may choose today."""
    chosen = attachment.doctor_chosen_on(session, viewer.patient_id)
    after = rules.next_change(chosen) if chosen else None
    return after if after and after > _today() else None


def check_may_choose(session: Session, viewer: Viewer, doctor_id: int) -> None:
    """Everything that can stand in the way of choosing a doctor.

    Raises:
        NotFound: the doctor is none the patient may choose.
        TooSoonForDoctor: she chose one less than a year ago.
    """
    colleague(session, viewer, doctor_id)
    chosen = attachment.doctor_chosen_on(session, viewer.patient_id)
    rules.check_may_choose_doctor(chosen, _today())


def _own_doctor(session: Session, patient: Patient) -> int | None:
    return session.exec(
        select(Attachment.doctor_id).where(
            Attachment.patient_id == patient.id, col(Attachment.until).is_(None)
        )
    ).first()


def _colleague(doctor: Doctor, branch: Branch, own: int | None) -> Colleague:
    return Colleague(
        doctor_id=doctor.id or 0,
        name=name_of(doctor),
        post=doctor.post,
        category=doctor.category or "",
        plot=doctor.plot or "",
        branch=branch.name,
        address=branch.address,
        is_own=doctor.id == own,
    )


def _today() -> date:
    return local(clock.now()).date()
