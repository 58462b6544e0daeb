"""Words of the links in a reminder and of the pages behind them, which name nobody."""

from dataclasses import dataclass
from datetime import datetime

from zdrav29_app.texts import formats

WILL_COME = "Приду"
CANNOT_COME = "Не приду, отменить запись"
ONCE = "Каждая ссылка срабатывает один раз и открывается без входа в кабинет."


@dataclass(frozen=True)
class Page:
    """What a page says: before the act with a button, after it with the next step."""

    title: str
    text: str
    label: str
    href: str = ""


def question(act: str, starts_at: datetime) -> Page:
    """What a link asks before it does anything."""
    when = formats.when(starts_at)
    if act == "cancel":
        text = f"Приём: {when}. После отмены время сразу станет свободным для других."
        return Page("Отменить запись?", text, "Отменить запись")
    return Page("Вы придёте на приём?", f"Приём: {when}.", WILL_COME)


def done(act: str, starts_at: datetime) -> Page:
    """What a link has done."""
    when = formats.when(starts_at)
    if act == "cancel":
        text = f"Приёма {when} не будет, время свободно для других."
        return Page("Запись отменена", text, "Записаться на другое время", "/booking")
    text = f"Ждём вас: {when}. Придите за 10–15 минут."
    return Page("Спасибо, вы придёте", text, "Открыть мои записи", "/appointments")
