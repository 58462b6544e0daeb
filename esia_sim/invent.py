"""Invent a person: unique, with right check digits, obviously not real."""

from datetime import date
from typing import Final

from esia_sim import identifiers
from esia_sim.people import Document, Person

_FEMALE: Final = ("Агния", "Варвара", "Дарья", "Елизавета", "Ксения", "Марфа", "Пелагея", "Ульяна")
_MALE: Final = ("Архип", "Глеб", "Ермолай", "Лука", "Макар", "Прохор", "Савва", "Тихон")
_FATHERS: Final = ("Архипов", "Глебов", "Ермолаев", "Макаров", "Прохоров", "Тихонов")
_SURNAMES: Final = (
    "Верхнетоемск", "Виноградовск", "Вилегодск", "Каргопольск", "Коношск", "Ленск",
    "Мезенск", "Новоземельск", "Северодвинск", "Устьянск", "Вычегодск", "Кулойск",
)  # fmt: skip
_FIRST_OID: Final = 1_000_100_000


def invent_person(number: int, password_hash: str, gender: str | None = None) -> Person:
    """Return person number `number` (from 1) of those made at run time; by turns "F" and "M"."""
    woman = gender == "F" if gender else number % 2 == 1
    names = _FEMALE if woman else _MALE
    return Person(
        key=f"person-{number}",
        oid=_FIRST_OID + number,
        last_name=_SURNAMES[number // 2 % len(_SURNAMES)] + ("ая" if woman else "ий"),
        first_name=names[number // 3 % len(names)],
        middle_name=_FATHERS[number // 5 % len(_FATHERS)] + ("на" if woman else "ич"),
        birth_date=date(1960 + number * 7 % 45, 1 + number * 5 % 12, 1 + number * 11 % 28),
        gender="F" if woman else "M",
        phone=f"+7900{1_000_000 + number:07}",
        email=f"person-{number}@stand.example",
        snils=identifiers.make_snils(910_000_000 + number),
        inn=identifiers.make_inn(500_000 + number),
        birth_place="г. Архангельск",
        password_hash=password_hash,
        entered=False,
        story="Придуман во время работы стенда.",
        documents=_documents(number),
    )


def _documents(number: int) -> tuple[Document, ...]:
    first = (_FIRST_OID + number) * 100 + 1
    passport = Document(
        id=first,
        type="RF_PASSPORT",
        series="0000",
        number=f"{900_000 - number % 700_000:06}",
        issue_date=date(2021, 6, 1),
        issue_id="000-000",
        issued_by="Учебный стенд",
    )
    policy = Document(
        id=first + 1, type="MDCL_PLCY", number=identifiers.make_policy(10**6 + number)
    )
    return passport, policy
