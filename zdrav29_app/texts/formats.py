"""Dates, names and numbers as a Russian reader expects them.

>>> plural(22, "талон", "талона", "талонов")
'22\u00a0талона'
>>> short_name(FullName("Соколова", "Анна", "Сергеевна"))
'Соколова\u00a0А.\u00a0С.'
"""

import re
from datetime import date, datetime
from io import BytesIO

import segno

from zdrav29_app.values import FullName, local

NBSP = "\u00a0"
_WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_SHORT_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)


def weekday(day: date) -> str:
    """«вторник»."""
    return _WEEKDAYS[day.weekday()]


def short_weekday(day: date) -> str:
    """«вт»."""
    return _SHORT_WEEKDAYS[day.weekday()]


def month(day: date) -> str:
    """The month in the genitive: «ноября»."""
    return _MONTHS[day.month - 1]


def exact(moment: datetime) -> str:
    """«24.11.2026, 09:15:07», as support needs it."""
    return f"{local(moment):%d.%m.%Y, %H:%M:%S}"


def day_month(day: date) -> str:
    """«24 ноября»."""
    return f"{day.day}{NBSP}{month(day)}"


def long_day(day: date) -> str:
    """«вторник, 24 ноября 2026»."""
    return f"{weekday(day)}, {day_month(day)}{NBSP}{day.year}"


def numeric_date(day: date) -> str:
    """«24.11.2026»."""
    return f"{day:%d.%m.%Y}"


def clock_time(moment: datetime) -> str:
    """«09:15» in Arkhangelsk."""
    return f"{local(moment):%H:%M}"


def time_range(starts_at: datetime, ends_at: datetime) -> str:
    """«09:15–09:30»."""
    return f"{clock_time(starts_at)}–{clock_time(ends_at)}"


def unbroken(times: str) -> str:
    """«09:15–09:30» that no line end divides; for showing only, not for names."""
    return times.replace("–", "\u2060–\u2060")


def unparted(words: str) -> str:
    """«поликлиника № 1» whose sign never stands apart from its number."""
    return words.replace("№ ", f"№{NBSP}")


def when(moment: datetime) -> str:
    """«вт, 24 ноября, 09:15»."""
    day = local(moment).date()
    return f"{short_weekday(day)}, {day_month(day)}, {clock_time(moment)}"


def full_name(name: FullName) -> str:
    """«Соколова Анна Сергеевна»; without a patronymic simply shorter."""
    return " ".join(part for part in (name.last, name.first, name.middle) if part)


def short_name(name: FullName) -> str:
    """«Соколова А. С.» with non-breaking spaces."""
    initials = [f"{part[0]}." for part in (name.first, name.middle) if part]
    return NBSP.join([name.last, *initials])


def masked(text: str) -> str:
    """All but the last two signs hidden: «••• 85»; of an address the name before the @."""
    name, at, host = text.partition("@")
    if at:
        return f"{name[:1]}•••@{host}"
    return f"•••{NBSP}{text[-2:]}" if text else ""


def masked_line(address: str) -> str:
    """Of an address the region and the town: «Архангельская область, г. Онега, •••»."""
    return ", ".join([*address.split(", ")[:2], "•••"])


def inside(name: str) -> str:
    """A name in the middle of a sentence: «оториноларинголог (ЛОР)»; «ЛОР» stays as it is."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def plural(count: int, one: str, few: str, many: str) -> str:
    """A number with its noun: 1 талон, 2 талона, 5 талонов, 11 талонов."""
    last_two, last = count % 100, count % 10
    if 11 <= last_two <= 14:
        word = many
    elif last == 1:
        word = one
    elif 2 <= last <= 4:
        word = few
    else:
        word = many
    return f"{count}{NBSP}{word}"


def qr_code(text: str) -> tuple[int, str]:
    """A QR code as (size in modules, SVG path data): one horizontal line per dark run."""
    out = BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(out, kind="svg", border=0, xmldecl=False, svgns=False, omitsize=True)
    [path] = re.findall(r' d="([^"]+)"', out.getvalue().decode())  # segno draws one path
    return int(code.symbol_size(border=0)[0]), str(path)
