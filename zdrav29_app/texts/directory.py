"""Words of the pages that everybody may look at: institutions and the timetable."""

from datetime import date, datetime

from zdrav29_app.texts import booking, formats

OPEN_PAGES = "Без входа в кабинет"

CLINICS_LEAD = "Где принимают врачи, как доехать и позвонить. Входить в кабинет не нужно."
FIND_CLINIC = "Найти медучреждение"
CLINIC_WORDS = "Название, улица или врач"
CLINIC_WORDS_HINT = "Например: Троицкий, глаза, стоматология"
FIND = "Найти"
ADDRESS, PHONE, DIRECTIONS, RECEIVES = "Адрес", "Телефон", "Как доехать", "Принимают"
NO_CLINIC = "Таких медучреждений нет"
NO_CLINIC_REASON = "Проверьте слово или выберите всю область."
SHOW_ALL = "Показать все"

TIMETABLE_LEAD = (
    "Когда и где принимают врачи и сколько свободно. Смотреть можно без входа, "
    "а для записи понадобится войти."
)
FIND_DOCTORS = "Показать расписание"
CHOOSE = "Выберите специальность"
NO_DOCTOR = "На ближайшие 14 дней талонов нет"
NO_DOCTOR_REASON = "Новые открываются каждый день в 08:00."
WHOLE_REGION = "Показать по всей области"
BOOK = "Записаться"


def found(count: int) -> str:
    """«Найдено: 6 медучреждений»."""
    words = formats.plural(count, "медучреждение", "медучреждения", "медучреждений")
    return f"Найдено: {words}"


def doctors_of(speciality: str, count: int, listed: int) -> str:
    """«Офтальмолог: 2 врача», with how many of them are shown when that is not all."""
    if not count:
        return speciality
    shown = f", показаны первые {listed}" if listed < count else ""
    return f"{speciality}: {formats.plural(count, 'врач', 'врача', 'врачей')}{shown}"


def day(when: date, free: int) -> str:
    """«чт, 26 ноября — 14 талонов»."""
    return f"{formats.short_weekday(when)}, {formats.day_month(when)} — {booking.times(free)}"


def free(count: int, nearest: datetime, *, by_referral: bool) -> str:
    """«Свободно 112 талонов, ближайший: чт, 26 ноября, 08:28»."""
    how = f" {booking.BY_REFERRAL}" if by_referral else ""
    return f"Свободно {booking.times(count)}{how}, {booking.nearest(nearest)}"


def book_name(doctor: str) -> str:
    """The act with its object: «Записаться: Карбасова Анна Николаевна»."""
    return f"{BOOK}: {doctor}"
