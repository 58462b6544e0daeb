"""Visits as cards: strings a page can show without thinking."""

from dataclasses import dataclass
from datetime import datetime

from zdrav29_app.services.visits import Visit
from zdrav29_app.texts import booking as texts
from zdrav29_app.texts import formats
from zdrav29_app.texts import talon as talon_texts
from zdrav29_app.values import local


@dataclass(frozen=True)
class VisitCard:
    """One visit in a list; `tone` colours the status. Names of acts say of which visit."""

    number: str
    title: str
    day: str
    month: str
    weekday: str
    time: str
    when: str
    doctor: str
    branch: str
    address: str
    room: str
    status: str
    tone: str
    note: str
    is_cancellable: bool
    is_soon: bool
    href: str
    link_name: str
    move_href: str
    move_name: str
    cancel_name: str
    print_href: str
    print_name: str
    calendar_href: str
    calendar_name: str


@dataclass(frozen=True)
class TalonCard:
    """One talon with everything it tells; `qr_path` is SVG stroke data."""

    visit: VisitCard
    post: str
    clinic: str
    phone: str
    directions: str
    patient: str
    birth_date: str
    basis: str
    bring: list[str]
    prepare: str
    notes: list[str]
    pdf_href: str
    large_href: str
    again_href: str
    qr_size: int
    qr_path: str


def visit_card(visit: Visit, *, now: datetime) -> VisitCard:
    """A visit in the patient's words."""
    day = local(visit.starts_at).date()
    phrase = texts.visit_phrase(visit.speciality, visit.starts_at)
    is_over = visit.is_active and visit.starts_at <= now
    status, tone = (
        texts.PAST
        if is_over
        else texts.status(visit.status, by_clinic=visit.is_by_clinic, reason=visit.cancel_reason)
    )
    href = f"/appointments/{visit.number}"
    return VisitCard(
        number=visit.number,
        title=visit.speciality,
        day=str(day.day),
        month=formats.month(day),
        weekday=formats.weekday(day),
        time=formats.clock_time(visit.starts_at),
        when=formats.when(visit.starts_at),
        doctor=formats.full_name(visit.doctor),
        branch=visit.place.branch,
        address=visit.place.address,
        room=texts.room(visit.place.room, visit.place.floor),
        status=status,
        tone=tone,
        note=talon_texts.moved(visit.moved_at),
        is_cancellable=visit.is_cancellable,
        is_soon=visit.is_soon,
        href=href,
        link_name=f"Открыть талон № {visit.number}: {phrase}",
        move_href=f"/booking?move={visit.number}",
        move_name=f"Перенести: {phrase}",
        cancel_name=f"Отменить: {phrase}",
        print_href=f"{href}?print=sheet",
        print_name=f"Распечатать: {phrase}",
        calendar_href=f"{href}.ics",
        calendar_name=f"В календарь: {phrase}",
    )


def talon_card(visit: Visit, *, now: datetime) -> TalonCard:
    """A visit with all that its patient needs on the day."""
    qr_size, qr_path = formats.qr_code(visit.number)
    return TalonCard(
        visit=visit_card(visit, now=now),
        post=visit.post,
        clinic=formats.unparted(visit.place.clinic),
        phone=visit.place.phone,
        directions=visit.place.directions,
        patient=formats.full_name(visit.patient),
        birth_date=formats.numeric_date(visit.birth_date),
        basis=talon_texts.basis(visit.referral, visit.referred_on, visit.created_at),
        bring=talon_texts.bring(visit.referral, has_passport=visit.has_passport),
        prepare=visit.prepare,
        notes=talon_texts.notes(visit.moved_at, visit.confirmed_at) if visit.is_active else [],
        pdf_href=f"/appointments/{visit.number}.pdf",
        large_href=f"/appointments/{visit.number}?print=large",
        again_href=f"/booking?speciality={visit.speciality_code}&show=1",
        qr_size=qr_size,
        qr_path=qr_path,
    )
