"""Words of the links in a reminder and of the pages behind them, which name nobody."""

from dataclasses import dataclass
from datetime import datetime

from zdrav29_app.texts import formats, talon

WILL_COME = "Приду"
CANNOT_COME = "Не приду, отменить запись"
ONCE = "Каждая ссылка срабатывает один раз и открывается без входа в кабинет."

CHANGED_MIND = (
    "После отмены время сразу станет свободным для других. "
    "Если передумали, просто закройте эту страницу."
)
CHANGED_PLANS = "Если не придёте, нажмите в письме вторую ссылку: время достанется другому."


@dataclass(frozen=True)
class Page:
    """What a page says: before the act with a button, after it with the next step."""

    title: str
    when: str
    text: str
    label: str
    href: str = ""


def question(act: str, starts_at: datetime) -> Page:
    """What a link asks before it does anything."""
    when = formats.when(starts_at)
    if act == "cancel":
        return Page("Отменить запись?", when, CHANGED_MIND, "Отменить запись")
    return Page("Вы придёте на приём?", when, CHANGED_PLANS, WILL_COME)


def done(act: str, starts_at: datetime) -> Page:
    """What a link has done."""
    when = formats.when(starts_at)
    if act == "cancel":
        text = "Приёма не будет, время снова свободно для других."
        return Page("Запись отменена", when, text, "Записаться на другое время", "/booking")
    return Page(
        "Спасибо, ждём вас",
        when,
        f"{talon.COME}: {formats.inside(talon.COME_EARLY)}.",
        "Открыть мои записи",
        "/appointments",
    )
