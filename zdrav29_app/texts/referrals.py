"""Words of «Направления»."""

from datetime import date

from zdrav29_app.texts import formats

LEAD = "Направление открывает запись к специалисту. По одному направлению — один приём."
NOTHING = "Направлений пока нет"
NOTHING_REASON = "Направление выдаёт терапевт на приёме, и оно сразу появляется здесь."
TO_THERAPIST = "Записаться к терапевту"
THERAPIST_HREF = "/booking?speciality=therapist&show=1"
BOOK = "Записаться"
OPEN_VISIT = "Открыть талон"
ISSUED_BY, REASON, TERM = "Кто выдал", "Повод", "Срок"

STATES = {
    "open": ("Действует", "good"),
    "used": ("Использовано", "muted"),
    "expired": ("Срок прошёл", "danger"),
}
RENEW = "Новое направление выдаст терапевт: запишитесь к нему и скажите, что старое кончилось."


def number(value: str) -> str:
    """«№ 29-Н-10125»."""
    return f"№{formats.NBSP}{value}"


def term(issued_on: date, valid_until: date) -> str:
    """«выдано 01.11.2026, действует до 20.12.2026»."""
    issued, until = formats.numeric_date(issued_on), formats.numeric_date(valid_until)
    return f"выдано {issued}, действует до {until}"


def left(days: int) -> str:
    """How much time there is to use it: «осталось 5 дней», «последний день»."""
    return f"осталось {formats.plural(days, 'день', 'дня', 'дней')}" if days else "последний день"


def issued_by(doctor: str, clinic: str) -> str:
    """Who wrote it, and where."""
    return f"{doctor}. {clinic}"


def act_on(act: str, speciality: str, value: str) -> str:
    """The name of an act with its object: «Записаться: невролог, направление № …»."""
    return f"{act}: {formats.inside(speciality)}, направление {number(value)}"
