"""The viewer's own data, as ESIA gave them at the last sign-in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from zdrav29_app.db.tables import Patient, WebSession
from zdrav29_app.services.sign_in import Viewer
from zdrav29_app.services.visits import name_of
from zdrav29_app.values import FullName, Gender, SignInWay


@dataclass(frozen=True)
class Profile:
    """What the cabinet knows of a person; absent data are None.

    `changes` are the fields that this sign-in brought up to date.
    """

    name: FullName
    birth_date: date
    gender: Gender
    snils: str | None
    oms_number: str | None
    phone: str | None
    email: str | None
    refreshed_at: datetime
    next_way: SignInWay | None
    changes: tuple[str, ...]


def name_of_viewer(session: Session, viewer: Viewer) -> FullName:
    """Whose cabinet this is."""
    return name_of(session.get_one(Patient, viewer.patient_id))


def my_profile(session: Session, viewer: Viewer) -> Profile:
    """Everything about the viewer herself."""
    patient = session.get_one(Patient, viewer.patient_id)
    own = session.get_one(WebSession, viewer.session_id)
    return Profile(
        name=name_of(patient),
        birth_date=patient.birth_date,
        gender=patient.gender,
        snils=patient.snils,
        oms_number=patient.oms_number,
        phone=patient.phone,
        email=patient.email,
        refreshed_at=patient.refreshed_at,
        next_way=patient.next_way,
        changes=tuple(own.changes),
    )
