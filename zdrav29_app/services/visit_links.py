"""Links in a reminder that do one thing with one visit, once, without a sign-in.

A token is made as its letter leaves and never written down; the database keeps its SHA-256 only.
A link lives until the visit begins, and only while the visit stays at the time the letter told.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Action,
    Appointment,
    AppointmentStatus,
    Notice,
    NoticeKind,
    Slot,
    VisitLink,
)
from zdrav29_app.errors import LinkDead
from zdrav29_app.identity import Addressee, fingerprint
from zdrav29_app.services import audit, booking
from zdrav29_app.values import LinkAct

TOKEN_BYTES = 32


@dataclass(frozen=True)
class _Found:
    link: VisitLink
    appointment: Appointment


def mint(session: Session, number: str) -> dict[LinkAct, str]:
    """Tokens for a letter about this visit, one for each act; none if it is off or over."""
    found = session.exec(
        select(Appointment, Slot)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .where(
            Appointment.number == number,
            Appointment.status == AppointmentStatus.BOOKED,
            Slot.starts_at > clock.now(),
        )
    ).one_or_none()
    if found is None:
        return {}
    appointment, slot = found
    tokens = {act: secrets.token_urlsafe(TOKEN_BYTES) for act in LinkAct}
    for act, token in tokens.items():
        session.add(
            VisitLink(
                token_hash=fingerprint(token),
                appointment_id=appointment.id or 0,
                act=act,
                expires_at=slot.starts_at,
            )
        )
    return tokens


def peek(session: Session, act: str, token: str) -> datetime:
    """When the visit behind a link begins (aware UTC); changes nothing.

    Raises:
        LinkDead: there is no such link, or it was used, or the visit is over, off or elsewhere.
    """
    return _alive(session, act, token).link.expires_at


def use(session: Session, act: str, token: str) -> datetime:
    """Do what a link is for; returns when the visit begins, or would have begun.

    Raises:
        LinkDead: as for looking at it; somebody may have been faster.
    """
    found = _alive(session, act, token)
    _spend(session, found.link)
    who = _addressee(session, found.appointment)
    if found.link.act == LinkAct.CANCEL:
        booking.cancel_visit(session, who, found.appointment.number)
    else:
        _confirm(session, who, found.appointment)
    return found.link.expires_at


def _confirm(session: Session, who: Addressee, appointment: Appointment) -> None:
    appointment.confirmed_at = clock.now()
    session.add(appointment)
    audit.record(session, who, Action.CONFIRMED, f"appointment:{appointment.id}")


def _alive(session: Session, act: str, token: str) -> _Found:
    found = session.exec(
        select(VisitLink, Appointment)
        .join(Appointment, col(Appointment.id) == VisitLink.appointment_id)
        .join(Slot, col(Slot.id) == Appointment.slot_id)
        .where(
            VisitLink.token_hash == fingerprint(token),
            VisitLink.act == act,
            col(VisitLink.used_at).is_(None),
            VisitLink.expires_at > clock.now(),
            VisitLink.expires_at == Slot.starts_at,
            Appointment.status == AppointmentStatus.BOOKED,
        )
    ).one_or_none()
    if found is None:
        raise LinkDead
    return _Found(*found)


def _spend(session: Session, link: VisitLink) -> None:
    spent = session.exec(
        update(VisitLink)
        .where(col(VisitLink.token_hash) == link.token_hash, col(VisitLink.used_at).is_(None))
        .values(used_at=clock.now())
    )
    if spent.rowcount != 1:
        raise LinkDead


def _addressee(session: Session, appointment: Appointment) -> Addressee:
    """Whose letter it was: of a child without contacts that is a parent."""
    reminded = session.exec(
        select(Notice.patient_id)
        .where(Notice.about == appointment.number, Notice.kind == NoticeKind.REMINDER)
        .order_by(col(Notice.id).desc())
    ).first()
    return Addressee(appointment.patient_id, reminded or appointment.patient_id)
