"""What an operator does for a clinic: decides applications, calls off visits.

Every function lets operators in only; every act stands in the audit trail.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from zdrav29_app.db.tables import (
    Action,
    Appointment,
    AttachmentApplication,
    Clinic,
    Doctor,
    Patient,
)
from zdrav29_app.errors import AlreadyDecided
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import attachment as rules
from zdrav29_app.services import announcements, application_steps, audit, clinic_desk, operators
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import (
    ApplicationStatus,
    AttachmentReason,
    FullName,
    RefusalReason,
    Service,
)

SHOWN_DECIDED = 10


@dataclass(frozen=True)
class Undecided:
    """An application before an operator. Times are aware UTC; `refusals` are those lawful here."""

    number: str
    who: FullName
    clinic: str
    doctor: FullName | None
    free_places: int
    reason: AttachmentReason
    new_address: str
    submitted_at: datetime
    decide_by: datetime
    status: ApplicationStatus
    refusal: RefusalReason | None
    refusals: tuple[RefusalReason, ...]


def look_around(session: Session, viewer: Viewer) -> None:
    """Note that an operator has come to the desk.

    Raises:
        NotFound: the viewer is no operator.
    """
    operators.check(viewer)
    audit.record(session, operators.acting_on(viewer, None), Action.DESK_OPENED, "desk")


def undecided(session: Session, viewer: Viewer) -> list[Undecided]:
    """Applications that wait for a decision, the first due first, then those decided last.

    Raises:
        NotFound: the viewer is no operator.
    """
    operators.check(viewer)
    table = AttachmentApplication
    waits = col(table.status) == ApplicationStatus.UNDER_REVIEW
    rows = (
        select(table, Clinic, Patient, Doctor)
        .join(Clinic, col(Clinic.id) == table.clinic_id)
        .outerjoin(Doctor, col(Doctor.id) == table.doctor_id)
        .join(Patient, col(Patient.id) == table.patient_id)
    )
    first = session.exec(rows.where(waits).order_by(col(table.decide_by), col(table.id)))
    last = session.exec(
        rows.where(col(table.decided_at).is_not(None))
        .order_by(col(table.decided_at).desc())
        .limit(SHOWN_DECIDED)
    )
    return [_undecided(*row) for row in (*first, *last)]


def decide(session: Session, viewer: Viewer, number: str, refusal: RefusalReason | None) -> None:
    """Confirm an application, or refuse it for a reason that is lawful for it.

    Raises:
        NotFound: there is none, or the viewer is no operator.
        AlreadyDecided: another operator, the clinic or the patient was faster; it says how.
        ValueError: the reason is not lawful for it.
    """
    operators.check(viewer)
    row = application_steps.by_number(session, number)
    if not application_steps.decide(session, number, refusal):
        session.refresh(row)
        raise AlreadyDecided(row.number, row.status, row.refusal)
    actor = operators.acting_on(viewer, row.patient_id)
    audit.record(session, actor, Action.ATTACHMENT_DECIDED, f"application:{row.id}")


def call_off(session: Session, viewer: Viewer, number: str, reason: str) -> int:
    """Cancel a visit for its clinic; gives how many times are held for its patient instead.

    Raises:
        NotFound: there is no such visit, or the viewer is no operator.
        TooLateToCancel: it has begun, is over or was cancelled before.
    """
    operators.check(viewer)
    times = clinic_desk.call_off(session, number, reason)
    visit = session.exec(select(Appointment).where(Appointment.number == number)).one()
    actor = operators.acting_on(viewer, visit.patient_id)
    audit.record(session, actor, Action.CALLED_OFF, f"appointment:{visit.id}")
    return len(times)


def _undecided(
    row: AttachmentApplication, clinic: Clinic, patient: Patient, doctor: Doctor | None
) -> Undecided:
    return Undecided(
        number=row.number,
        who=name_of(patient),
        clinic=clinic.name,
        doctor=name_of(doctor) if doctor else None,
        free_places=clinic.free_places,
        reason=row.reason,
        new_address=row.new_address,
        submitted_at=row.submitted_at,
        decide_by=row.decide_by,
        status=row.status,
        refusal=row.refusal,
        refusals=rules.refusals_for(is_doctor=row.doctor_id is not None),
    )


def announce_outage(session: Session, viewer: Viewer, text: str, service: Service | None) -> None:
    """Tell on every page that something does not work.

    Raises:
        NotFound: the viewer is no operator.
        BadInput: no text, or too much of it.
    """
    operators.check(viewer)
    announcements.announce_outage(session, viewer, text=text, service=service)


def end_announcement(session: Session, viewer: Viewer, announcement_id: int) -> None:
    """Take an announcement away.

    Raises:
        NotFound: the viewer is no operator, or it was taken away before.
    """
    operators.check(viewer)
    announcements.end(session, viewer, announcement_id)
