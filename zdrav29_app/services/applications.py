"""Applications to change the clinic (заявления о прикреплении), what a patient may do.

Invariant: one application under way per patient, held by a unique index. What follows after sending
is in application_steps.py.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, AttachmentApplication, Clinic, Doctor, Patient
from zdrav29_app.errors import (
    AlreadyApplying,
    ClinicFull,
    NotFound,
    TooLateToWithdraw,
)
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import attachment as rules
from zdrav29_app.services import (
    application_steps,
    attachment,
    audit,
    doctor_choice,
    patients,
)
from zdrav29_app.services.patients import name_of
from zdrav29_app.settings import settings
from zdrav29_app.values import ApplicationStatus, AttachmentReason, FullName, RefusalReason, local

NUMBER_DIGITS = 6


@dataclass(frozen=True)
class Application:
    """An application as its patient may see it. Times are aware UTC."""

    number: str
    clinic: str
    doctor: FullName | None
    reason: AttachmentReason
    new_address: str
    status: ApplicationStatus
    submitted_at: datetime
    decide_by: datetime
    decided_at: datetime | None
    refusal: RefusalReason | None
    active_from: datetime | None

    @property
    def is_under_way(self) -> bool:
        """Whether something will still happen to it."""
        return self.status in rules.UNDER_WAY

    @property
    def is_refused(self) -> bool:
        """Whether the clinic said no."""
        return self.status is ApplicationStatus.REFUSED


@dataclass(frozen=True)
class Wanted:
    """What a patient asks for. `cancels` are numbers of her visits that are to be called off.

    With a `doctor_id` she stays in her clinic and wants this doctor in it.
    """

    clinic_id: int
    reason: AttachmentReason
    new_address: str = ""
    cancels: Sequence[str] = ()
    doctor_id: int | None = None


def my_applications(session: Session, viewer: Viewer) -> tuple[Application, ...]:
    """The applications of the patient whose cabinet is open, the latest first."""
    rows = session.exec(
        select(AttachmentApplication, Clinic.name, Doctor)
        .join(Clinic, col(Clinic.id) == AttachmentApplication.clinic_id)
        .outerjoin(Doctor, col(Doctor.id) == AttachmentApplication.doctor_id)
        .where(AttachmentApplication.patient_id == viewer.patient_id)
        .order_by(col(AttachmentApplication.id).desc())
    )
    return tuple(
        Application(
            number=row.number,
            clinic=clinic,
            doctor=name_of(doctor) if doctor else None,
            reason=row.reason,
            new_address=row.new_address,
            status=row.status,
            submitted_at=row.submitted_at,
            decide_by=row.decide_by,
            decided_at=row.decided_at,
            refusal=row.refusal,
            active_from=row.active_from,
        )
        for row, clinic, doctor in rows
    )


def check_may_begin(session: Session, viewer: Viewer) -> None:
    """What stands in the way of any application, before anything is chosen.

    Raises:
        ApplyInPerson: the patient whose cabinet is open must apply herself.
        AlreadyApplying: one is under way.
    """
    patient = session.get_one(Patient, viewer.patient_id)
    rules.check_may_apply(patient.birth_date, _today(), is_acting=viewer.is_acting)
    for one in my_applications(session, viewer):
        if one.is_under_way:
            raise AlreadyApplying(one.number)


def check_may_apply(session: Session, viewer: Viewer, wanted: Wanted) -> None:
    """Everything that can stand in the way of an application, before it is sent.

    Raises:
        NotFound: there is no such clinic or doctor, or the patient has it already.
        AttachmentRefused: a rule or the clinic forbids it; the subclass says which.
    """
    check_may_begin(session, viewer)
    patient, today = session.get_one(Patient, viewer.patient_id), _today()
    if wanted.doctor_id is not None:
        doctor_choice.check_may_choose(session, viewer, wanted.doctor_id)
        return
    clinic = session.get(Clinic, wanted.clinic_id)
    if clinic is None or clinic.id == patient.clinic_id:
        raise NotFound
    kinds = rules.primary_care_for(patient.birth_date, today)
    if clinic.kind not in kinds or clinic.free_places < 1:
        raise ClinicFull
    rules.check_may_change(attachment.chosen_on(session, viewer.patient_id), wanted.reason, today)


def apply(session: Session, viewer: Viewer, wanted: Wanted) -> str:
    """Send an application; returns its number. In a demo the clinic answers by itself.

    Raises:
        NotFound: there is no such clinic.
        AttachmentRefused: see `check_may_apply`.
    """
    patients.take_turn(session, viewer.patient_id)
    check_may_apply(session, viewer, wanted)
    now = clock.now()
    row = AttachmentApplication(
        number=_free_number(session),
        patient_id=viewer.patient_id,
        actor_id=viewer.actor_id,
        clinic_id=_clinic_of(session, viewer, wanted),
        doctor_id=wanted.doctor_id,
        reason=wanted.reason,
        new_address=wanted.new_address,
        cancels=list(wanted.cancels),
        submitted_at=now,
        decide_by=rules.decide_by(now),
        expected_at=now + rules.DEMO_ANSWERS_AFTER if settings.is_demo else None,
    )
    session.add(row)
    session.flush()
    audit.record(session, viewer, Action.ATTACHMENT_ASKED, f"application:{row.id}")
    application_steps.tell(session, row)
    return row.number


def _clinic_of(session: Session, viewer: Viewer, wanted: Wanted) -> int:
    if wanted.doctor_id is None:
        return wanted.clinic_id
    return session.get_one(Patient, viewer.patient_id).clinic_id or 0


def withdraw(session: Session, viewer: Viewer, number: str) -> None:
    """Take an application back that has not been decided.

    Raises:
        NotFound: the viewer has no such application.
        TooLateToWithdraw: it was decided or withdrawn before.
    """
    row = session.exec(
        select(AttachmentApplication).where(
            AttachmentApplication.number == number,
            AttachmentApplication.patient_id == viewer.patient_id,
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    before, after = ApplicationStatus.UNDER_REVIEW, ApplicationStatus.WITHDRAWN
    if not application_steps.step(session, row, before, after):
        raise TooLateToWithdraw
    audit.record(session, viewer, Action.ATTACHMENT_WITHDRAWN, f"application:{row.id}")
    application_steps.tell(session, row)


def _free_number(session: Session) -> str:
    table = AttachmentApplication
    while True:
        number = f"П-{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"
        if not session.exec(select(table.id).where(table.number == number)).first():
            return number


def _today() -> date:
    return local(clock.now()).date()
