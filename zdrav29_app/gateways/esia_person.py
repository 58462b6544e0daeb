"""Reads ESIA's JSON about a person; every piece may be absent, and what is malformed is absent."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from zdrav29_app.values import EsiaPerson, Gender, OmsNumber, Phone, Snils


def parse(
    oid: int,
    *,
    person: Mapping[str, Any],
    contacts: Mapping[str, Any],
    documents: Mapping[str, Any],
) -> EsiaPerson:
    """The person behind `/rs/prns/{oid}`, its contacts and its documents.

    Raises:
        KeyError: a name, the birth date or the gender is missing.
        ValueError: the birth date or the gender is malformed.
    """
    return EsiaPerson(
        oid=oid,
        trusted=person.get("trusted") is True,
        last_name=person["lastName"],
        first_name=person["firstName"],
        middle_name=person.get("middleName") or None,
        birth_date=_day(person["birthDate"]),
        gender=Gender(person["gender"]),
        snils=_canonical(lambda text: Snils.parse(text).digits, person.get("snils")),
        oms_number=_canonical(
            lambda text: OmsNumber.parse(text).digits, _first(documents, "MDCL_PLCY", "number")
        ),
        phone=_canonical(lambda text: Phone.parse(text).e164, _first(contacts, "MBT", "value")),
        email=_first(contacts, "EML", "value"),
    )


def _day(text: str) -> date:
    return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007  a day has no zone


def _first(collection: Mapping[str, Any], kind: str, field: str) -> str | None:
    for element in collection.get("elements", []):
        if element.get("type") == kind and element.get("vrfStu") != "NOT_VERIFIED":
            return element.get(field)
    return None


def _canonical(parse_text: Callable[[str], str], text: str | None) -> str | None:
    try:
        return parse_text(text) if text else None
    except ValueError:
        return None
