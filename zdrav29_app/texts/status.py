"""Words of «Состояние сервисов», and of announcements."""

from datetime import date, datetime

from zdrav29_app.texts import common, formats
from zdrav29_app.values import AnnouncementKind, Service, local

TITLE = common.STATUS
ALL_WORK = "Все сервисы работают"
SOME_FAIL = "Есть неполадки"
LOOKED = "Проверено в "
NOT_LOOKED = "Первая проверка идёт. Обновите страницу через минуту."
SERVICES = "Сервисы"
HISTORY = "Последние 90 дней"
OLDEST, NEWEST = "90 дней назад", "сегодня"
WORKS_TITLE = "Плановые работы"
NO_WORKS = "Работы не запланированы."
NOW_TITLE = "Сейчас"
WHAT_TO_DO = "Что делать"
ANNOUNCED = "Объявления"
MORE = "Состояние сервисов"
FAILED_DAYS = "Дни со сбоями"
LEGEND = (
    ("worked", "работал весь день"),
    ("troubled", "сбои до часа"),
    ("down", "не работал больше часа"),
    ("unknown", "нет данных"),
)
NAMES = {
    Service.CABINET: ("Личный кабинет", "страницы, запись, ваши разделы"),
    Service.DATABASE: ("База данных", "ваши записи, документы и настройки"),
    Service.ESIA: ("Вход через ЕСИА", "учётная запись Госуслуг"),
    Service.SMS: ("СМС", "подтверждения, напоминания, коды кабинета"),
    Service.MAIL: ("Электронная почта", "письма с талонами и напоминаниями"),
}
WORKS, FAILS, UNCHECKED = "Работает", "Не работает", "Проверяем"
ADVICE = {
    Service.CABINET: (
        "Некоторые действия не получаются. Подождите минуту и повторите: всё, что вы подтвердили, "
        "сохранено."
    ),
    Service.DATABASE: (
        "Записи и документы пока не открываются, но они целы. Попробуйте через несколько минут."
    ),
    Service.ESIA: (
        "Войти сейчас может не получиться. Если вы уже вошли, не выходите из кабинета: он работает."
    ),
    Service.SMS: (
        "СМС запаздывают. Запись действует и без СМС: её видно в разделе «Мои записи». "
        "Талон можно распечатать или отправить на почту."
    ),
    Service.MAIL: (
        "Письма запаздывают. Талон можно скачать на его странице, напоминание придёт по СМС."
    ),
}
IF_URGENT = "Если ждать нельзя, запишем и отменим запись по телефону: "
ALWAYS = (
    "Обновите страницу через несколько минут.",
    "Не помогло — откройте кабинет в другом браузере или очистите кэш браузера.",
    "Ошибка повторяется — сообщите в поддержку код и время: они стоят под каждой ошибкой.",
)
ALWAYS_TITLE = "Если что-то не получается, а здесь всё работает"
REPORT = "Написать в поддержку"
_KINDS = {AnnouncementKind.OUTAGE: "Неполадки", AnnouncementKind.WORKS: "Плановые работы"}


def since(moment: datetime, now: datetime) -> str:
    """«с 14:05» of today, «с 12 ноября» of another day."""
    day = local(moment).date()
    if day == local(now).date():
        return f"с{formats.NBSP}{formats.clock_time(moment)}"
    return f"с{formats.NBSP}{formats.day_month(day)}"


def day_name(day: date, level: str, minutes_down: int) -> str:
    """«12 ноября: сбои, 40 минут»; what a day of the strip says."""
    return f"{formats.day_month(day)}: {_how(level, minutes_down)}"


def days_name(first: date, last: date, level: str, minutes_down: int) -> str:
    """«28 августа — 11 ноября, каждый день: работал весь день»; several days alike."""
    days = f"{formats.day_month(first)} — {formats.day_month(last)}"
    return f"{days}, каждый день: {_how(level, minutes_down)}"


def _how(level: str, minutes_down: int) -> str:
    return {
        "worked": "работал весь день",
        "troubled": f"сбои, {lasted(minutes_down)}",
        "down": f"не работал {lasted(minutes_down)}",
        "unknown": "нет данных",
    }[level]


def lasted(minutes: int) -> str:
    """«40 минут», «2 часа 5 минут»."""
    hours, rest = divmod(minutes, 60)
    parts = [
        formats.plural(hours, "час", "часа", "часов") if hours else "",
        formats.plural(rest, "минута", "минуты", "минут") if rest or not hours else "",
    ]
    return " ".join(filter(None, parts))


def summary(failed_days: int, known_days: int) -> str:
    """What the strip says in one line."""
    if not known_days:
        return "Данных пока нет."
    if not failed_days:
        return f"Сбоев не было, наблюдаем {formats.plural(known_days, 'день', 'дня', 'дней')}."
    return f"Сбои были {formats.plural(failed_days, 'день', 'дня', 'дней')} из {known_days}."


def announced(kind: AnnouncementKind, service: Service | None) -> str:
    """«Неполадки: СМС»."""
    about = NAMES[service][0] if service else ""
    return ": ".join(filter(None, (_KINDS[kind], about)))


def expected(kind: AnnouncementKind, begins_at: datetime, ends_at: datetime | None) -> str:
    """When it is, or how long it is expected to last."""
    if kind is AnnouncementKind.WORKS and ends_at:
        return between(begins_at, ends_at)
    if ends_at:
        return f"Исправим до {formats.when(ends_at)}."
    return f"Началось {formats.when(begins_at)}. Исправляем."


def between(begins_at: datetime, ends_at: datetime) -> str:
    """«сб, 5 декабря, 01:00–04:00», over several days both moments in full."""
    if local(begins_at).date() == local(ends_at).date():
        day = local(begins_at).date()
        hours = formats.time_range(begins_at, ends_at)
        return f"{formats.short_weekday(day)}, {formats.day_month(day)}, {hours}"
    return f"{formats.when(begins_at)} — {formats.when(ends_at)}"
