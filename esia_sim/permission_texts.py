"""Permissions of the Digital Profile (ЦПГ) in words for the person who is asked for them.

ESIA publishes the names and not the words: what is not known here is shown by its name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from esia_sim import scopes
from esia_sim.clock import MOSCOW
from esia_sim.permissions import Permission
from esia_sim.records import Lent

_KINDS: Final = {"CREDIT": "Согласие для получения кредита"}
_PURPOSES: Final = {"CREDIT": "Получение кредита"}
_ACTIONS: Final = {
    "ALL_ACTIONS_TO_DATA": "любые действия с данными",
    "SHARE_DATA": "передача данных другим",
    "USE_DATA": "использование данных",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One permission as the page of consent shows it."""

    title: str
    purpose: str
    data: list[str]
    actions: list[str]
    responsible: str
    until: str


def in_words(permission: Permission, *, now: datetime) -> Asked:
    """Say what the person would agree to if she agreed now."""
    return Asked(
        title=_title(permission),
        purpose=_PURPOSES.get(permission.purpose, permission.purpose),
        data=[scopes.TITLES.get(name, name) for name in sorted(permission.scopes)],
        actions=[_ACTIONS[name] for name in permission.actions],
        responsible=permission.responsible,
        until=_day(now + timedelta(minutes=permission.minutes)),
    )


def on_one_line(lent: Lent) -> str:
    """Say what was agreed to, and till when."""
    return f"{_title(lent.permission)} (до {_day(lent.until)})"


def _title(permission: Permission) -> str:
    return _KINDS.get(permission.kind, f"Согласие «{permission.kind}»")


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(MOSCOW):%d.%m.%Y, %H:%M}"
