"""Words and shapes of finding and booking a time."""

from collections.abc import Sequence
from datetime import date, datetime

from zdrav29_app.texts import formats
from zdrav29_app.values import FullName, local

ANY = "Любая"
ANY_DISTRICT = "Вся область"
ANY_KIND = "Любой"
NO_TIMES = "нет талонов"
BY_REFERRAL = "по направлению"
BY_REFERRAL_ONLY = "Этот врач принимает по направлению. Его выдаёт терапевт на приёме."

KINDS = {
    "polyclinic": "Поликлиника",
    "children": "Детская поликлиника",
    "hospital": "Городская больница",
    "district_hospital": "Центральная районная больница",
    "dental": "Стоматологическая поликлиника",
    "dispensary": "Диспансер",
}

ORDERS = {
    "nearest": "Где свободно раньше",
    "distance": "Что ближе к моей поликлинике",
    "name": "По фамилии врача",
}

STATUSES = {
    "booked": ("Подтверждён", "good"),
    "cancelled": ("Отменён вами", "danger"),
    "fulfilled": ("Приём состоялся", "muted"),
    "noshow": ("Неявка", "muted"),
}
BY_CLINIC = "Отменён клиникой"
PAST = ("Время прошло", "muted")


def status(word: str, *, by_clinic: bool, reason: str) -> tuple[str, str]:
    """How a visit stands, and the tone of it; a clinic that called it off says why."""
    if word == "cancelled" and by_clinic:
        return (f"{BY_CLINIC}: {reason}" if reason else BY_CLINIC), "danger"
    return STATUSES[word]


def times(count: int) -> str:
    """«12 талонов» or «нет талонов»."""
    return formats.plural(count, "талон", "талона", "талонов") if count else NO_TIMES


def nearest(moment: datetime | None) -> str:
    """«ближайший: вт, 24 ноября, 09:15»."""
    return f"ближайший: {formats.when(moment)}" if moment else ""


def branch_label(place: str, clinic: str, free: int) -> str:
    """One line of the branch field; what tells branches apart comes first."""
    return f"{place} — {times(free)}, {clinic}"


def day_name(day: date, free: int) -> str:
    """A day for a screen reader: «вторник, 24 ноября, 12 талонов»."""
    return f"{formats.weekday(day)}, {formats.day_month(day)}, {times(free)}"


def room(number: str, floor: int) -> str:
    """«кабинет 214, 2 этаж»."""
    return f"кабинет{formats.NBSP}{room_and_floor(number, floor)}"


def room_and_floor(number: str, floor: int) -> str:
    """«214, 2 этаж», after the word «кабинет»."""
    return f"{number}, {floor}{formats.NBSP}этаж"


def time_name(
    starts_at: datetime, ends_at: datetime, speciality: str, doctor: FullName, number: str
) -> str:
    """The accessible name of a time: «09:15–09:30, терапевт Иванова М. П., кабинет 214»."""
    who = f"{formats.inside(speciality)} {formats.short_name(doctor)}"
    return f"{formats.time_range(starts_at, ends_at)}, {who}, кабинет {number}"


def part_of_day(moment: datetime) -> str:
    """«Утро» to noon, «День» to five, «Вечер» after."""
    hour = local(moment).hour
    return "Утро" if hour < 12 else "День" if hour < 17 else "Вечер"


def results_title(speciality: str) -> str:
    """Heading of the found times."""
    return f"Свободное время: {formats.inside(speciality)}" if speciality else "Свободное время"


def meant(words: str, specialities: list[tuple[str, bool]]) -> str:
    """What the words were taken for: «По слову «глаза»: офтальмолог»; empty without any."""
    if not specialities:
        return ""
    names = [
        f"{formats.inside(name)} ({BY_REFERRAL})" if by_referral else formats.inside(name)
        for name, by_referral in specialities
    ]
    return f"По запросу «{words}»: {', '.join(names)}."


def nobody_meant(words: str) -> str:
    """Why a search by words found nobody, and what may be typed."""
    return (
        f"По запросу «{words}» никого нет. Напишите фамилию врача или что беспокоит "
        "одним словом: «глаза», «зубы», «спина»."
    )


def without(condition: str) -> str:
    """The way to empty one field of the filter."""
    return f"Убрать: {condition}"


def receiving(found: int, listed: int) -> str:
    """How many doctors have free times, and how many of them are shown."""
    if not found:
        return ""
    shown = f", показаны первые {listed}" if listed < found else ""
    return f"Врачи со свободным временем: {found}{shown}"


def where(branch: str, district: str, distance_km: int | None) -> str:
    """«Поликлиника на Мира, Котлас, около 600 км»; of the own district no distance."""
    far = f", около {distance_km}{formats.NBSP}км" if distance_km else ""
    return f"{branch}, {district}{far}"


def taken(moments: Sequence[datetime]) -> str:
    """What has just disappeared from an open page; empty when others took nothing."""
    times_taken = ", ".join(formats.clock_time(moment) for moment in moments)
    if not moments:
        return ""
    if len(moments) == 1:
        return f"Время {times_taken} только что занял другой пациент."
    return f"Только что заняты другими пациентами: {times_taken}."


def nothing_here(speciality: str) -> str:
    """Why the list is empty."""
    whom = f" ({formats.inside(speciality)})" if speciality else ""
    return f"На ближайшие 14 дней талонов нет{whom}. Новые открываются каждый день в 08:00."


def nothing_today(day: date) -> str:
    """Why the day is empty."""
    return f"На {formats.day_month(day)} свободного времени нет. Выберите другой день."


def sentence(patient: FullName, speciality: str, starts_at: datetime, address: str) -> str:
    """The booking as one sentence, to be read aloud before confirming."""
    day = local(starts_at).date()
    return (
        f"{formats.full_name(patient)} идёт на приём: {formats.inside(speciality)}, "
        f"{formats.weekday(day)}, {formats.day_month(day)}, в{formats.NBSP}"
        f"{formats.clock_time(starts_at)}. {address}."
    )


def refreshed(moment: datetime) -> str:
    """«Обновлено в 14:32»."""
    return f"Обновлено в {formats.clock_time(moment)}"


def visit_phrase(speciality: str, starts_at: datetime) -> str:
    """«терапевт, 24 ноября, 09:15», the object in names of acts."""
    day = local(starts_at).date()
    return (
        f"{formats.inside(speciality)}, {formats.day_month(day)}, {formats.clock_time(starts_at)}"
    )
