"""Words of «Лист ожидания»."""

from datetime import date, datetime

from zdrav29_app.texts import formats
from zdrav29_app.values import FullName, local

LEAD = "Нет подходящего времени? Встаньте в лист: предложим освободившееся сразу, до остальных."
MINE = "Ваши места в листе"
OVER = "Ожидание закончилось"
NOTHING = "Вы пока никого не ждёте"
NOTHING_REASON = "Выберите врача и дни ниже — сообщим, когда время освободится."
HOW = "Как это работает"

# one place
AHEAD = "Ваша очередь"
WISH = "Когда вы можете"
AT = "Где"
HISTORY = "Что происходило"
LEAVE = "Выйти из листа ожидания"
LEAVE_TITLE = "Выйти из листа ожидания?"
LEAVE_TEXT = "Место в очереди не сохранится."
STAY = "Остаться"

# the offer
OFFER = "Для вас есть время"
SEE = "Посмотреть предложение"
TAKE = "Записаться на это время"
DECLINE = "Не подходит"
TAKING = "Записываем…"
OFFER_ENDED = "Время закрепления вышло. Талон предложат следующему в очереди."
AGAIN = "Обновить"
LAST_CHANCE = "Одно предложение вы уже пропустили. Пропустите это — ожидание закончится."

# joining
JOIN_TITLE = "Встать в лист ожидания"
JOIN = "Встать в лист ожидания"
CHOOSE = "Выберите специальность"
ANY_DOCTOR = "Любой врач"
SPECIALITY, BRANCH, DOCTOR = "Специальность", "Филиал", "Врач"
FIRST_DAY, LAST_DAY = "С какого дня", "По какой день"
FROM, TO = "Не раньше", "Не позже"
BAD_PERIOD = "Дни: первый не позже последнего, и оба в пределах срока. Часы: начало раньше конца."

JOINED = "Вы в листе ожидания. Сообщим, когда время освободится."
HAS_LEFT = "Вы вышли из листа ожидания."
DECLINED = "Время предложим следующему. Ваше место в листе сохранилось."

_STATUSES = {
    "waiting": ("Ждёте", "good"),
    "booked": ("Вы записались", "muted"),
    "left": ("Вы вышли", "muted"),
    "ended": ("Ожидание закончилось", "danger"),
}
_WHY_MOVED = {
    "booked": "кто-то впереди записался",
    "left": "кто-то впереди вышел из листа",
    "ended": "у кого-то впереди ожидание закончилось",
}
WHY_ENDED = {
    "ignored": "два предложения остались без ответа",
    "period": "срок, который вы указали, прошёл",
}


def status(value: str) -> tuple[str, str]:
    """How a place stands, and the tone of that."""
    return _STATUSES[value]


def ahead(count: int) -> str:
    """How many wait before her."""
    if not count:
        return "Перед вами никого нет: ближайшее подходящее время предложим вам"
    people = formats.plural(count, "человек", "человека", "человек")
    waits = "ждёт" if count % 10 == 1 and count % 100 != 11 else "ждут"
    return f"Перед вами {waits} {people}"


def wish(first_day: date, last_day: date, from_minute: int, to_minute: int) -> str:
    """«25 ноября — 9 декабря, с 08:00 до 20:00»."""
    days = f"{formats.day_month(first_day)} — {formats.day_month(last_day)}"
    return f"{days}, с{formats.NBSP}{hour(from_minute)} до{formats.NBSP}{hour(to_minute)}"


def hour(minute: int) -> str:
    """A minute of the day as a clock shows it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def title(speciality: str, doctor: FullName | None) -> str:
    """What is waited for."""
    return f"{speciality}: {formats.short_name(doctor)}" if doctor else speciality


def happened(kind: str, facts: dict[str, str]) -> str:
    """One step in words."""
    if kind in _ABOUT_TIME:
        return f"{_ABOUT_TIME[kind]}: {formats.when(datetime.fromisoformat(facts['starts_at']))}"
    if kind == "moved_up":
        return f"Очередь продвинулась: {_WHY_MOVED[facts['why']]}"
    if kind == "ended":
        return f"Ожидание закончилось: {WHY_ENDED[facts['why']]}"
    return _PLAIN[kind]


_ABOUT_TIME = {
    "offered": "Вам предложили время",
    "declined": "Вы отказались от времени",
    "ignored": "Предложение осталось без ответа",
}
_PLAIN = {
    "joined": "Вы встали в лист",
    "booked": "Вы записались",
    "left": "Вы вышли из листа",
}


def offer(speciality: str, starts_at: datetime) -> str:
    """«Терапевт, пятница, 27 ноября, в 10:00»."""
    day = local(starts_at).date()
    at = f"в{formats.NBSP}{formats.clock_time(starts_at)}"
    return f"{speciality}, {formats.weekday(day)}, {formats.day_month(day)}, {at}"


def until(moment: datetime) -> str:
    """«Закреплено за вами до 10:30»."""
    return f"Закреплено за вами до{formats.NBSP}{formats.clock_time(moment)}"


def offered_until(speciality: str, starts_at: datetime, moment: datetime) -> str:
    """The offer on the home page, in one line."""
    return f"{OFFER}: {formats.inside(offer(speciality, starts_at))}. {until(moment)}."


def take_name(phrase: str) -> str:
    """The name of the button that books an offer."""
    return f"{TAKE}: {phrase}"


def decline_name(phrase: str) -> str:
    """The name of the button that lets an offer go."""
    return f"{DECLINE}: {phrase}"


def leave_name(what: str) -> str:
    """The name of the button that gives a place up."""
    return f"{LEAVE}: {formats.inside(what)}"


def promise(text: str, value: int) -> str:
    """One rule with its figure."""
    return text.format(value=value)
