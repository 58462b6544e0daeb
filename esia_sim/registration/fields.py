"""What is typed into registration: read field by field, with words that say how to repair it."""

import re
from datetime import date
from typing import Final

from esia_sim import identifiers
from esia_sim.forms import Form, read_date
from esia_sim.registration import texts

OLDEST: Final = 120
YOUNGEST: Final = 14
_NAME: Final = re.compile(r"[А-ЯЁа-яё]+(?:[- ][А-ЯЁа-яё]+)*")
_LONGEST_NAME: Final = 100


def read_person(form: Form, *, today: date) -> dict[str, str]:
    """Read ФИО, birth date, gender and passport; returns canonical texts."""
    names = {
        name: form.read(name, _name, wrong=texts.WRONG_NAME, empty=empty) or ""
        for name, empty in (
            ("last_name", texts.EMPTY_LAST_NAME),
            ("first_name", texts.EMPTY_FIRST_NAME),
            ("middle_name", None),
        )
    }
    born = form.read("birth_date", read_date, wrong=texts.WRONG_DATE, empty=texts.EMPTY_BIRTH)
    if born and not YOUNGEST <= _age(born, today) <= OLDEST:
        form.refuse("birth_date", texts.WRONG_AGE)
    issued = form.read("issue_date", read_date, wrong=texts.WRONG_DATE, empty=texts.EMPTY_ISSUED)
    if issued and not (born or date.min) < issued <= today:
        form.refuse("issue_date", texts.WRONG_ISSUED)
    if form.text("gender") not in {"F", "M"}:
        form.refuse("gender", texts.EMPTY_GENDER)
    passport = form.read(
        "passport", _digits_of(10), wrong=texts.WRONG_PASSPORT, empty=texts.EMPTY_PASSPORT
    )
    code = form.read("issue_id", _digits_of(6), wrong=texts.WRONG_CODE, empty=texts.EMPTY_CODE)
    return names | {
        "birth_date": born.isoformat() if born else "",
        "gender": form.text("gender"),
        "passport": passport or "",
        "issue_date": issued.isoformat() if issued else "",
        "issue_id": f"{code[:3]}-{code[3:]}" if code else "",
        "issued_by": form.text("issued_by", texts.EMPTY_ISSUER),
    }


def read_numbers(form: Form) -> dict[str, str]:
    """Read СНИЛС and ИНН, both optional."""
    snils = form.read("snils", identifiers.normalise_snils, wrong=texts.WRONG_SNILS, empty=None)
    inn = form.read("inn", identifiers.normalise_inn, wrong=texts.WRONG_INN, empty=None)
    return {"snils": snils or "", "inn": inn or "", "numbers": "given"}


def _name(typed: str) -> str | None:
    found = _NAME.fullmatch(typed) and len(typed) <= _LONGEST_NAME
    return typed[:1].upper() + typed[1:] if found else None


def _digits_of(count: int):  # noqa: ANN202 - a reader of digits, as Form.read takes it
    def read(typed: str) -> str | None:
        digits = re.sub(r"[\s№-]", "", typed)
        return digits if re.fullmatch(rf"[0-9]{{{count}}}", digits) else None

    return read


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
