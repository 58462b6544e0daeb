"""Reads ESIA's JSON about a person; every piece may be absent, and what is malformed is absent."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from zdrav29_app.identity import AddressKind, EsiaPerson, Passport
from zdrav29_app.values import Gender, OmsNumber, Phone, Snils

Facts: TypeAlias = Mapping[str, Any]


def parse(
    oid: int,
    *,
    person: Facts,
    contacts: Sequence[Facts],
    documents: Sequence[Facts],
    addresses: Sequence[Facts],
    children: Sequence[tuple[Facts, Sequence[Facts]]],
) -> EsiaPerson:
    """The person behind `/rs/prns/{oid}` with her collections; each child comes with documents.

    Raises:
        KeyError: a name, the birth date or the gender is missing.
        ValueError: the birth date or the gender is malformed.
    """
    return EsiaPerson(
        oid=oid,
        trusted=person.get("trusted") is True,
        **_who(person, documents),
        phone=_canonical(lambda text: Phone.parse(text).e164, _first(contacts, "MBT", "value")),
        email=_first(contacts, "EML", "value"),
        passport=_passport(documents),
        addresses=tuple(_addresses(addresses)),
        children=tuple(_children(children)),
    )


def _who(person: Facts, documents: Sequence[Facts]) -> dict[str, Any]:
    policy = _first(documents, "MDCL_PLCY", "number")
    return {
        "last_name": person["lastName"],
        "first_name": person["firstName"],
        "middle_name": person.get("middleName") or None,
        "birth_date": _day(person["birthDate"]),
        "gender": Gender(person["gender"]),
        "snils": _canonical(lambda text: Snils.parse(text).digits, person.get("snils")),
        "oms_number": _canonical(lambda text: OmsNumber.parse(text).digits, policy),
    }


def _children(children: Sequence[tuple[Facts, Sequence[Facts]]]) -> Iterator[EsiaPerson]:
    for child, documents in children:
        try:
            yield EsiaPerson(oid=int(child["id"]), trusted=False, **_who(child, documents))
        except (KeyError, ValueError):
            continue  # a child that cannot be told apart must not keep its parent outside


def _passport(documents: Sequence[Facts]) -> Passport | None:
    for one in documents:
        if one.get("type") in {"RF_PASSPORT", "FID_DOC"} and one.get("number"):
            number = " ".join(filter(None, (one.get("series"), one["number"])))
            return Passport(number, _any_day(one.get("issueDate")), one.get("issuedBy"))
    return None


def _addresses(addresses: Sequence[Facts]) -> Iterator[tuple[AddressKind, str]]:
    for one in addresses:
        if one.get("type") in set(AddressKind) and one.get("addressStr"):
            yield AddressKind(one["type"]), one["addressStr"]


def _day(text: str) -> date:
    return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007  a day has no zone


def _any_day(text: str | None) -> date | None:
    try:
        return _day(text) if text else None
    except ValueError:
        return None


def _first(elements: Sequence[Facts], kind: str, field: str) -> str | None:
    for element in elements:
        if element.get("type") == kind and element.get("vrfStu") != "NOT_VERIFIED":
            return element.get(field)
    return None


def _canonical(parse_text: Callable[[str], str], text: str | None) -> str | None:
    try:
        return parse_text(text) if text else None
    except ValueError:
        return None
