"""The viewer's own data, as ESIA gave them at the last sign-in."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Clinic, DispensaryRecord, Patient, WebSession
from zdrav29_app.identity import AddressKind, Passport, Viewer
from zdrav29_app.services import family
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import FullName, Gender, SignInWay, local


@dataclass(frozen=True)
class Profile:
    """What the cabinet knows of a person; absent data are None.

    `children` are those whose cabinets she may open, and only in her own cabinet.
    `changes` are the fields that this sign-in brought up to date.
    """

    name: FullName
    birth_date: date
    gender: Gender
    snils: str | None
    oms_number: str | None
    phone: str | None
    email: str | None
    passport: Passport | None
    addresses: tuple[tuple[AddressKind, str], ...]
    clinic: str | None
    children: tuple[FullName, ...]
    refreshed_at: datetime
    changes: tuple[str, ...]


@dataclass(frozen=True)
class Observed:
    """A diagnosis under regular observation (диспансерное наблюдение)."""

    diagnosis: str
    since: date


def name_of_viewer(session: Session, viewer: Viewer) -> FullName:
    """Whose cabinet this is."""
    return name_of(session.get_one(Patient, viewer.patient_id))


def my_profile(session: Session, viewer: Viewer) -> Profile:
    """Everything about the patient whose cabinet is open."""
    patient = session.get_one(Patient, viewer.patient_id)
    own = session.get_one(WebSession, viewer.session_id)
    clinic = session.get(Clinic, patient.clinic_id) if patient.clinic_id else None
    return Profile(
        name=name_of(patient),
        birth_date=patient.birth_date,
        gender=patient.gender,
        snils=patient.snils,
        oms_number=patient.oms_number,
        phone=patient.phone,
        email=patient.email,
        passport=_passport(patient),
        addresses=tuple((AddressKind(kind), line) for kind, line in patient.addresses),
        clinic=clinic.name if clinic else None,
        children=family.children_of(session, viewer),
        refreshed_at=patient.refreshed_at,
        changes=() if viewer.is_acting else tuple(own.changes),
    )


def observed(session: Session, viewer: Viewer) -> list[Observed]:
    """For what the patient whose cabinet is open is under regular observation now."""
    today = local(clock.now()).date()
    rows = session.exec(
        select(DispensaryRecord)
        .where(DispensaryRecord.patient_id == viewer.patient_id)
        .order_by(col(DispensaryRecord.since))
    )
    return [
        Observed(row.diagnosis, row.since)
        for row in rows
        if row.until is None or row.until >= today
    ]


def next_way(session: Session, viewer: Viewer) -> SignInWay | None:
    """How the viewer wants to sign in next time."""
    return session.get_one(Patient, viewer.actor_id).next_way


def _passport(patient: Patient) -> Passport | None:
    if patient.passport is None:
        return None
    issued = patient.passport["issued_on"]
    return Passport(
        number=patient.passport["number"] or "",
        issued_on=date.fromisoformat(issued) if issued else None,
        issued_by=patient.passport["issued_by"],
    )
