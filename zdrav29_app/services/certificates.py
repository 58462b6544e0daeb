"""Electronic certificates (электронные справки): ordering, following, cancelling, receiving.

Invariant: one open order of each kind per patient, held by a unique index; each step is a
conditional UPDATE, so that of a clinic and a patient who act at once one wins.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Certificate, Clinic, Document, Patient
from zdrav29_app.errors import AlreadyOrdered, NotFound, TooLateToCancelOrder
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import CertificateKind, CertificateRefusal, CertificateStatus
from zdrav29_app.rules import certificates as rules
from zdrav29_app.services import arrivals, audit, documents, notices
from zdrav29_app.services.arrivals import NewDocument, NewVersion
from zdrav29_app.settings import settings
from zdrav29_app.values import local

NUMBER_DIGITS = 6


@dataclass(frozen=True)
class Order:
    """An order as its patient may see it. Times are aware UTC; `document_id` None until ready."""

    number: str
    kind: CertificateKind
    purpose: str
    status: CertificateStatus
    ordered_at: datetime
    promised_at: datetime
    decided_at: datetime | None
    refusal: CertificateRefusal | None
    document_id: int | None

    @property
    def is_open(self) -> bool:
        """Whether something will still happen to it."""
        return self.status in rules.OPEN


@dataclass(frozen=True)
class Offer:
    """What may be ordered now: kinds, and the clinic that makes them, empty when there is none."""

    kinds: tuple[CertificateKind, ...]
    clinic: str


@dataclass(frozen=True)
class Task:
    """An order that the clinic of a demo is about to answer."""

    certificate_id: int
    patient_id: int
    kind: CertificateKind
    purpose: str


def offer(session: Session, viewer: Viewer) -> Offer:
    """What the patient whose cabinet is open may order."""
    patient = session.get_one(Patient, viewer.patient_id)
    clinic = session.get(Clinic, patient.clinic_id) if patient.clinic_id else None
    kinds = rules.kinds_for(patient.birth_date, local(clock.now()).date())
    return Offer(kinds, clinic.name if clinic else "")


def my_orders(session: Session, viewer: Viewer) -> list[Order]:
    """The orders of the patient whose cabinet is open, the latest first.

    A document that the viewer may not see is not named.
    """
    rows = session.exec(
        select(Certificate, Document.id)
        .outerjoin(
            Document,
            and_(col(Document.id) == col(Certificate.document_id), documents.may_see(viewer)),
        )
        .where(Certificate.patient_id == viewer.patient_id)
        .order_by(col(Certificate.id).desc())
    )
    return [
        Order(
            number=row.number,
            kind=row.kind,
            purpose=row.purpose,
            status=row.status,
            ordered_at=row.ordered_at,
            promised_at=row.promised_at,
            decided_at=row.decided_at,
            refusal=row.refusal,
            document_id=document_id,
        )
        for row, document_id in rows
    ]


def order(session: Session, viewer: Viewer, kind: CertificateKind, purpose: str = "") -> str:
    """Order a certificate; returns the number of the order. In a demo the clinic answers by itself.

    Raises:
        CertificateRefused: a rule forbids it; the subclass says which.
    """
    patient, now = session.get_one(Patient, viewer.patient_id), clock.now()
    today = local(now).date()
    rules.check_may_order(kind, patient.birth_date, today, clinic_id=patient.clinic_id)
    for one in my_orders(session, viewer):
        if one.kind is kind and one.is_open:
            raise AlreadyOrdered(one.number)
    row = Certificate(
        number=_free_number(session),
        patient_id=viewer.patient_id,
        actor_id=viewer.actor_id,
        kind=kind,
        purpose=purpose,
        ordered_at=now,
        promised_at=rules.promised_at(now),
        next_at=now + rules.DEMO_TAKES_UP_AFTER if settings.is_demo else None,
    )
    session.add(row)
    session.flush()
    audit.record(session, viewer, Action.CERTIFICATE_ORDERED, _subject(row))
    return row.number


def cancel(session: Session, viewer: Viewer, number: str) -> None:
    """Cancel an order that the clinic has not answered.

    Raises:
        NotFound: the patient whose cabinet is open has no such order.
        TooLateToCancelOrder: the clinic has answered, or it was cancelled before.
    """
    row = session.exec(
        select(Certificate).where(
            Certificate.number == number, Certificate.patient_id == viewer.patient_id
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if not _close(session, row, CertificateStatus.CANCELLED):
        raise TooLateToCancelOrder
    audit.record(session, viewer, Action.CERTIFICATE_CANCELLED, _subject(row))


def is_any_due(session: Session) -> bool:
    """Whether the clinic of a demo has something to do."""
    due = select(Certificate.id).where(col(Certificate.next_at) <= clock.now()).limit(1)
    return session.exec(due).first() is not None


def take_up(session: Session) -> list[Task]:
    """Take up the orders that are due; gives those that are to be answered now."""
    now = clock.now()
    rows = session.exec(select(Certificate).where(col(Certificate.next_at) <= now)).all()
    for row in rows:
        if row.status is CertificateStatus.ORDERED and row.next_at:
            row.status = CertificateStatus.IN_WORK
            row.next_at += rules.DEMO_READY_AFTER
            session.add(row)
    return [_task(row) for row in rows if row.next_at and row.next_at <= now]


def open_task(session: Session, number: str) -> Task:
    """An open order by its number, for whoever plays the clinic.

    Raises:
        NotFound: there is no such order, or it is answered.
    """
    row = session.exec(
        select(Certificate).where(
            Certificate.number == number, col(Certificate.status).in_(rules.OPEN)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    return _task(row)


def issue(session: Session, certificate_id: int, new: NewDocument, version: NewVersion) -> bool:
    """Answer an order with a document, and tell of it; False when it is open no more."""
    row = session.get_one(Certificate, certificate_id)
    if not _close(session, row, CertificateStatus.READY):
        return False
    row.document_id = arrivals.add(session, row.patient_id, new, version)
    session.add(row)
    _tell(session, row)
    return True


def refuse(session: Session, number: str, why: CertificateRefusal) -> None:
    """Answer an open order with a refusal, and tell of it.

    Raises:
        NotFound: there is no such order, or it is answered.
    """
    row = session.get_one(Certificate, open_task(session, number).certificate_id)
    if not _close(session, row, CertificateStatus.REFUSED, refusal=why):
        raise NotFound
    _tell(session, row)


def _close(
    session: Session, row: Certificate, after: CertificateStatus, **facts: CertificateRefusal
) -> bool:
    changed = session.exec(
        update(Certificate)
        .where(col(Certificate.id) == row.id, col(Certificate.status).in_(rules.OPEN))
        .values(status=after, next_at=None, decided_at=clock.now(), **facts)
    )
    session.refresh(row)
    return changed.rowcount == 1


def _tell(session: Session, row: Certificate) -> None:
    facts = {"number": row.number, "status": row.status.value}
    notices.tell_of_certificate(session, session.get_one(Patient, row.actor_id), facts)


def _task(row: Certificate) -> Task:
    return Task(row.id or 0, row.patient_id, row.kind, row.purpose)


def _subject(row: Certificate) -> str:
    return f"certificate:{row.id}"


def _free_number(session: Session) -> str:
    while True:
        number = f"С-{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"
        if not session.exec(select(Certificate.id).where(Certificate.number == number)).first():
            return number
