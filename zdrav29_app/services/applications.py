"""Applications to change the clinic (заявления о прикреплении), from sending to coming into force.

Invariant: one application under way per patient, held by a unique index; each step is a conditional
UPDATE, so that of two deciders one wins, and a boundary that the clock passes counts once.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, AttachmentApplication, Clinic, Doctor, Patient
from zdrav29_app.errors import (
    AlreadyApplying,
    ClinicFull,
    NotFound,
    TooLateToCancel,
    TooLateToWithdraw,
)
from zdrav29_app.identity import Addressee, Viewer
from zdrav29_app.rules import attachment as rules
from zdrav29_app.services import attachment, audit, booking, doctor_choice, notices, patients
from zdrav29_app.services.notice_facts import facts_of_name
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


def check_may_apply(session: Session, viewer: Viewer, wanted: Wanted) -> None:
    """Everything that can stand in the way of an application, before it is sent.

    Raises:
        NotFound: there is no such clinic or doctor, or the patient has it already.
        AttachmentRefused: a rule or the clinic forbids it; the subclass says which.
    """
    patient, today = session.get_one(Patient, viewer.patient_id), _today()
    rules.check_may_apply(patient.birth_date, today, is_acting=viewer.is_acting)
    for one in my_applications(session, viewer):
        if one.is_under_way:
            raise AlreadyApplying(one.number)
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
    _tell(session, row)
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
    if not _step(session, row, ApplicationStatus.UNDER_REVIEW, ApplicationStatus.WITHDRAWN):
        raise TooLateToWithdraw
    audit.record(session, viewer, Action.ATTACHMENT_WITHDRAWN, f"application:{row.id}")
    _tell(session, row)


def decide(session: Session, number: str, refusal: RefusalReason | None) -> bool:
    """Confirm an application, or refuse it for a reason; False when it was decided before.

    Raises:
        NotFound: there is no such application.
        ValueError: the reason is not lawful for it.
    """
    row = by_number(session, number)
    if refusal and refusal not in rules.refusals_for(is_doctor=row.doctor_id is not None):
        raise ValueError("an application may not be refused for that")
    return _decide(session, row, refusal)


def by_number(session: Session, number: str) -> AttachmentApplication:
    """The application of this number, whoever's it is.

    Raises:
        NotFound: there is none.
    """
    row = session.exec(
        select(AttachmentApplication).where(AttachmentApplication.number == number)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row


def is_any_due(session: Session) -> bool:
    """Whether the clock has passed a boundary of some application."""
    return (
        session.exec(select(AttachmentApplication.id).where(_is_due()).limit(1)).first() is not None
    )


def settle(session: Session) -> None:
    """Do what is due: clinics of a demo answer, confirmed applications come into force."""
    for row in session.exec(select(AttachmentApplication).where(_is_due())).all():
        if row.status is ApplicationStatus.UNDER_REVIEW:
            clinic = session.get_one(Clinic, row.clinic_id)
            has_room = row.doctor_id is not None or clinic.free_places > 0
            _decide(session, row, None if has_room else RefusalReason.FULL)
        else:
            _activate(session, row)


def _decide(session: Session, row: AttachmentApplication, refusal: RefusalReason | None) -> bool:
    now = clock.now()
    after = ApplicationStatus.REFUSED if refusal else ApplicationStatus.CONFIRMED
    is_first = _step(
        session,
        row,
        ApplicationStatus.UNDER_REVIEW,
        after,
        decided_at=now,
        refusal=refusal,
        active_from=None if refusal else now + rules.ACTIVE_AFTER,
    )
    if is_first:
        _tell(session, row)
    return is_first


def _activate(session: Session, row: AttachmentApplication) -> None:
    if not _step(session, row, ApplicationStatus.CONFIRMED, ApplicationStatus.ACTIVE):
        return
    patient = session.get_one(Patient, row.patient_id)
    since = local(row.active_from or clock.now()).date()
    attachment.attach(
        session,
        patient,
        row.clinic_id,
        since=since,
        by_choice=row.doctor_id is None,
        doctor_id=row.doctor_id,
    )
    if row.doctor_id is None:
        _take_place(session, row.clinic_id)
    for number in row.cancels:
        _call_off(session, row, number)
    _tell(session, row)


def _take_place(session: Session, clinic_id: int) -> None:
    session.exec(
        update(Clinic)
        .where(col(Clinic.id) == clinic_id)
        .values(free_places=col(Clinic.free_places) - 1)
    )


def _call_off(session: Session, row: AttachmentApplication, number: str) -> None:
    try:
        booking.cancel_visit(session, Addressee(row.patient_id, row.actor_id), number)
    except (NotFound, TooLateToCancel):
        return  # it was called off meanwhile, it is over, or it never was hers


def _step(
    session: Session,
    row: AttachmentApplication,
    before: ApplicationStatus,
    after: ApplicationStatus,
    **facts: object,
) -> bool:
    changed = session.exec(
        update(AttachmentApplication)
        .where(col(AttachmentApplication.id) == row.id, col(AttachmentApplication.status) == before)
        .values(status=after, expected_at=None, **facts)
    )
    session.refresh(row)
    return changed.rowcount == 1


def _is_due() -> ColumnElement[bool]:
    now, table = clock.now(), AttachmentApplication
    return or_(
        (col(table.status) == ApplicationStatus.UNDER_REVIEW) & (col(table.expected_at) <= now),
        (col(table.status) == ApplicationStatus.CONFIRMED) & (col(table.active_from) <= now),
    )


def _tell(session: Session, row: AttachmentApplication) -> None:
    clinic = session.get_one(Clinic, row.clinic_id)
    facts = {"number": row.number, "clinic": clinic.name, "status": row.status.value}
    if row.doctor_id:
        facts |= facts_of_name("doctor", name_of(session.get_one(Doctor, row.doctor_id)))
    if row.refusal:
        facts["refusal"] = row.refusal.value
    moment = row.active_from if row.status is ApplicationStatus.CONFIRMED else row.decide_by
    facts["until"] = (moment or clock.now()).isoformat()
    notices.tell_of_attachment(session, session.get_one(Patient, row.actor_id), facts)


def _free_number(session: Session) -> str:
    table = AttachmentApplication
    while True:
        number = f"П-{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"
        if not session.exec(select(table.id).where(table.number == number)).first():
            return number


def _today() -> date:
    return local(clock.now()).date()
