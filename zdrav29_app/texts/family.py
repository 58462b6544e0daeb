"""Words of «Семья»: acting for children and for adult relatives."""

from datetime import datetime
from typing import Protocol

from zdrav29_app.texts import formats
from zdrav29_app.values import FullName, local


class Right(Protocol):
    """What is said of a right: why it exists and how long it lasts (aware UTC)."""

    @property
    def relation(self) -> str:
        """Why: `child` or `relative`."""
        ...

    @property
    def until(self) -> datetime:
        """Until when."""
        ...


LEAD = "Откройте кабинет ребёнка или близкого — всё, что вы сделаете, относится к нему."
CABINETS = "Чей кабинет открыть"
MINE = "Мой кабинет"
OPEN = "Открыть кабинет"
IS_OPEN = "Открыт сейчас"
WHOSE = "Чей это кабинет"
CHANGE = "Сменить кабинет"
OTHERS = "Кто может открыть ваш кабинет"
NOBODY = "Никто, кроме вас."
REVOKE = "Отозвать доступ"
GIVE_UP = "Отказаться от доступа"
ASK = "Добавить взрослого близкого"
ASK_HELP = (
    "На телефон близкого придёт код. Если он согласен, он назовёт код вам. "
    "Доступ открывается на год, близкий может закрыть его в любой день."
)
POLICY, BIRTH = "Номер полиса ОМС", "Дата рождения"
SEND = "Отправить код близкому"
SENT = (
    "Если человек с такими данными пользуется кабинетом, код уже у него на телефоне. "
    "Узнайте код и введите его здесь."
)
CODE = "Код от близкого"
CONFIRM = "Подтвердить доступ"
ADDED = "Готово. Кабинет близкого теперь в вашем списке."
REVOKED = "Доступ закрыт."
CHILDREN = (
    "Дети до 15 лет появляются здесь сами, если они указаны в вашем профиле ЕСИА. "
    "С 15 лет человек пользуется своим кабинетом."
)
BAD_POLICY = "В номере полиса 16 цифр. Проверьте его по полису."
BAD_BIRTH = "Укажите дату рождения."
_RELATIONS = {"child": "ваш ребёнок", "relative": "доступ по коду"}
_ACTING = {"child": "кабинет вашего ребёнка", "relative": "кабинет вашего близкого"}


def right(one: Right) -> str:
    """«ваш ребёнок, до 27 июля 2034 года»."""
    return f"{_RELATIONS[one.relation]}, {_until(one.until)}"


def acting(one: Right | None) -> str:
    """What stands above every page of another's cabinet; empty in one's own."""
    return f"{_ACTING[one.relation]}, {_until(one.until)}" if one else ""


def act_on(act: str, name: str) -> str:
    """The full name of an act on one of many people."""
    return f"{act}: {name}"


def overlap(name: FullName, speciality: str, starts_at: datetime) -> str:
    """What is said of a visit of somebody in the family that runs at the same time."""
    visit = f"{formats.short_name(name)}, {formats.inside(speciality)}, {formats.when(starts_at)}"
    return f"В это же время в семье другой приём: {visit}. Успеете ли вы на оба?"


def _until(moment: datetime) -> str:
    day = local(moment).date()
    return f"до {formats.day_month(day)} {day.year}{formats.NBSP}года"
