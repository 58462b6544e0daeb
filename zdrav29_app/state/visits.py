"""Visits as cards: strings a page can show without thinking."""

from dataclasses import dataclass
from datetime import datetime

from zdrav29_app.services.visits import Visit
from zdrav29_app.texts import booking as texts
from zdrav29_app.texts import formats
from zdrav29_app.values import local


@dataclass(frozen=True)
class VisitCard:
    """One visit; `tone` colours the status, `qr_path` is SVG stroke data, empty in lists."""

    number: str
    title: str
    day: str
    month: str
    weekday: str
    time: str
    when: str
    doctor: str
    post: str
    clinic: str
    branch: str
    address: str
    room: str
    phone: str
    directions: str
    patient: str
    birth_date: str
    status: str
    tone: str
    is_cancellable: bool
    href: str
    link_name: str
    cancel_name: str
    calendar_href: str
    calendar_name: str
    qr_size: int = 0
    qr_path: str = ""


def visit_card(visit: Visit, *, now: datetime, with_qr: bool = False) -> VisitCard:
    """A visit in the patient's words; the QR code only where it is shown."""
    day = local(visit.starts_at).date()
    phrase = texts.visit_phrase(visit.speciality, visit.starts_at)
    is_over = visit.is_active and visit.starts_at <= now
    status, tone = texts.PAST if is_over else texts.STATUSES[visit.status]
    qr_size, qr_path = formats.qr_code(visit.number) if with_qr else (0, "")
    return VisitCard(
        number=visit.number,
        title=visit.speciality,
        day=str(day.day),
        month=formats.month(day),
        weekday=formats.weekday(day),
        time=formats.clock_time(visit.starts_at),
        when=formats.when(visit.starts_at),
        doctor=formats.full_name(visit.doctor),
        post=visit.post,
        clinic=visit.place.clinic,
        branch=visit.place.branch,
        address=visit.place.address,
        room=texts.room(visit.place.room, visit.place.floor),
        phone=visit.place.phone,
        directions=visit.place.directions,
        patient=formats.full_name(visit.patient),
        birth_date=formats.numeric_date(visit.birth_date),
        status=status,
        tone=tone,
        is_cancellable=visit.is_cancellable,
        href=f"/appointments/{visit.number}",
        link_name=f"Открыть талон № {visit.number}: {phrase}",
        cancel_name=f"Отменить: {phrase}",
        calendar_href=f"/appointments/{visit.number}.ics",
        calendar_name=f"В календарь: {phrase}",
        qr_size=qr_size,
        qr_path=qr_path,
    )
