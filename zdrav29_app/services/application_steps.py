"""The steps of an application: decided, come into force, called off (шаги заявления).

Invariant: each step is a conditional UPDATE, so that of two deciders one wins, and a boundary that
the clock passes counts once.
"""

from sqlalchemy import ColumnElement, or_, update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import AttachmentApplication, Clinic, Doctor, Patient
from zdrav29_app.errors import NotFound, TooLateToCancel
from zdrav29_app.identity import Addressee
from zdrav29_app.rules import attachment as rules
from zdrav29_app.services import attachment, booking, notices
from zdrav29_app.services.notice_facts import facts_of_name
from zdrav29_app.services.patients import name_of
from zdrav29_app.values import ApplicationStatus, RefusalReason, local


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
    is_first = step(
        session,
        row,
        ApplicationStatus.UNDER_REVIEW,
        after,
        decided_at=now,
        refusal=refusal,
        active_from=None if refusal else now + rules.ACTIVE_AFTER,
    )
    if is_first:
        tell(session, row)
    return is_first


def _activate(session: Session, row: AttachmentApplication) -> None:
    if not step(session, row, ApplicationStatus.CONFIRMED, ApplicationStatus.ACTIVE):
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
    tell(session, row)


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


def step(
    session: Session,
    row: AttachmentApplication,
    before: ApplicationStatus,
    after: ApplicationStatus,
    **facts: object,
) -> bool:
    """Take an application from one status to another; False when it is not in the first."""
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


def tell(session: Session, row: AttachmentApplication) -> None:
    """Tell who applied what has become of it."""
    clinic = session.get_one(Clinic, row.clinic_id)
    facts = {"number": row.number, "clinic": clinic.name, "status": row.status.value}
    if row.doctor_id:
        facts |= facts_of_name("doctor", name_of(session.get_one(Doctor, row.doctor_id)))
    if row.refusal:
        facts["refusal"] = row.refusal.value
    moment = row.active_from if row.status is ApplicationStatus.CONFIRMED else row.decide_by
    facts["until"] = (moment or clock.now()).isoformat()
    notices.tell_of_attachment(session, session.get_one(Patient, row.actor_id), facts)
