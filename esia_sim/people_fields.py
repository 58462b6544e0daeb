"""People read from outside: the YAML file of the cast, and the fields of control calls."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final, cast

from esia_sim import identifiers, passwords
from esia_sim.fields import FieldError, Fields
from esia_sim.people import (
    OWN_CAST,
    Address,
    Branch,
    Cast,
    Document,
    Level,
    Organisation,
    Person,
    State,
    Vehicle,
)
from esia_sim.yaml_files import read_yaml

EDITABLE: Final = (
    "last_name", "first_name", "middle_name", "birth_date", "gender", "phone", "email",
    "email_verified", "snils", "inn", "birth_place", "level", "state", "totp_secret",
    "has_app", "entered", "story", "documents", "addresses", "vehicles", "children",
    "organisation", "signature",
)  # fmt: skip
_IN_FILE: Final = ("key", "oid", "password", "has_password", "old_password_hash", *EDITABLE)
_TOP: Final = ("password", "password_hash", "people")
_TEXTS: Final = ("last_name", "first_name", "story")
_OPTIONAL: Final = ("middle_name", "birth_place")
_FLAGS: Final = ("email_verified", "has_app", "entered")
_DOCUMENT: Final = (
    "type",
    "number",
    "series",
    "issue_date",
    "issue_id",
    "issued_by",
    "expiry_date",
)
_VEHICLE: Final = ("name", "number_plate", "series", "number")
_ADDRESS: Final = ("type", "zip_code", "region", "city", "street", "house", "flat")
_CONTACTS: Final = ("phone", "email")
_BRANCH: Final = ("name", "kpp")
_ORGANISATION: Final = (
    "name", "ogrn", "inn", "short_name", "kpp", *_CONTACTS, "addresses", "branches",
)  # fmt: skip
_SIGNATURES: Final = ("valid", "expired", "revoked")
_ITEMS_OF_ONE: Final = 50


@lru_cache(maxsize=8)
def load_cast(path: Path, *, today: date) -> Cast:
    """Read the people of a YAML file, or of a folder with a file for each of them.

    Relative birth dates count from `today`. In a folder the name of a file is the key, and the
    password is that of the built-in cast.

    Raises:
        FieldError: a file says something that a person cannot be.
        OSError: it cannot be read.
    """
    top = Fields(read_yaml(OWN_CAST if path.is_dir() else path), _TOP)
    password = top.text("password")
    demo_hash = top.optional_text("password_hash") or passwords.hash_now(password)
    if path.is_dir():
        people = tuple(_read_file(file, demo_hash, today) for file in _files_of(path))
    else:
        people = tuple(_read(item, demo_hash, today) for item in top.items("people"))
    if len({person.key for person in people} | {str(one.oid) for one in people}) != 2 * len(people):
        msg = "people: keys and oids must differ"
        raise FieldError(msg)
    return Cast(people, password, demo_hash)


def _files_of(folder: Path) -> list[Path]:
    if files := sorted(folder.glob("*.yaml")):
        return files
    msg = f"{folder}: no file *.yaml of a person"
    raise FieldError(msg)


def _read_file(file: Path, demo_hash: str, today: date) -> Person:
    try:
        raw = read_yaml(file)
        named = (
            {"key": file.stem, **cast("Mapping[str, object]", raw)}
            if isinstance(raw, Mapping)
            else raw
        )
        return _read(named, demo_hash, today)
    except ValueError as error:
        msg = f"{file.name}: {error}"
        raise FieldError(msg) from error


def change(person: Person, fields: Fields) -> Person:
    """Return the person with the given fields in place of the old ones.

    Raises:
        FieldError: a value is not what the field can hold.
    """
    changes: dict[str, object] = {name: fields.text(name) for name in _TEXTS if name in fields}
    changes |= {name: fields.optional_text(name) for name in _OPTIONAL if name in fields}
    changes |= {name: fields.flag(name, default=True) for name in _FLAGS if name in fields}
    changes |= _identifiers(fields)
    if "birth_date" in fields:
        changes["birth_date"] = fields.date("birth_date") or person.birth_date
    if "gender" in fields:
        changes["gender"] = fields.choice("gender", ("F", "M"), person.gender)
    changes["level"] = Level(fields.choice("level", tuple(Level), person.level))
    changes["state"] = State(fields.choice("state", tuple(State), person.state))
    if "documents" in fields:
        changes["documents"] = _documents(person.oid, fields.items("documents"))
    if "addresses" in fields:
        changes["addresses"] = _addresses(person.oid, fields.items("addresses"))
    if "vehicles" in fields:
        changes["vehicles"] = _vehicles(person.oid, fields.items("vehicles"))
    if "children" in fields:
        changes["children"] = fields.texts("children")
    if "organisation" in fields:
        changes["organisation"] = _organisation(fields.get("organisation"))
    if "signature" in fields:
        none = fields.get("signature") is None
        changes["signature"] = None if none else fields.choice("signature", _SIGNATURES, "")
    return replace(person, **changes)  # pyright: ignore[reportArgumentType] - checked above


def _read(raw: object, demo_hash: str, today: date) -> Person:
    raw = _with_birth_date(raw, today)
    fields = Fields(raw, _IN_FILE)
    oid = fields.get("oid")
    if not isinstance(oid, int):
        msg = "oid: a number is expected"
        raise FieldError(msg)
    password_hash = demo_hash if fields.flag("has_password", default=True) else None
    own, old = fields.optional_text("password"), fields.optional_text("old_password_hash")
    blank = Person(
        key=fields.text("key"),
        oid=oid,
        last_name=fields.text("last_name"),
        first_name=fields.text("first_name"),
        birth_date=fields.date("birth_date") or today,
        gender=fields.choice("gender", ("F", "M"), "F"),
        password_hash=passwords.hash_now(own) if own else password_hash,
        old_password_hashes=(old,) if old else (),
    )
    return change(blank, fields)


def _with_birth_date(raw: object, today: date) -> object:
    if not isinstance(raw, Mapping):
        return raw
    person = dict(cast("Mapping[object, object]", raw))
    if isinstance(person.get("birth_date"), Mapping):
        rule = Fields(person["birth_date"], ("turns", "in_days"))
        turns, in_days = rule.get("turns"), rule.get("in_days")
        if not isinstance(turns, int) or not isinstance(in_days, int):
            msg = "birth_date: turns and in_days are numbers"
            raise FieldError(msg)
        birthday = today + timedelta(days=in_days)
        # 29 February would not exist in most birth years.
        if (birthday.month, birthday.day) == (2, 29):
            birthday += timedelta(days=1)
        person["birth_date"] = birthday.replace(year=birthday.year - turns)
    return person


def _identifiers(fields: Fields) -> dict[str, object]:
    readers: dict[str, Callable[[str], str | None]] = {
        "phone": identifiers.normalise_phone,
        "email": identifiers.normalise_email,
        "snils": identifiers.normalise_snils,
        "inn": identifiers.normalise_inn,
        "totp_secret": identifiers.normalise_secret,
    }
    found: dict[str, object] = {}
    for name, read in readers.items():
        if name not in fields:
            continue
        text = fields.optional_text(name, longest=254)
        found[name] = read(text) if text is not None else None
        if text is not None and not found[name]:
            msg = f"{name}: not a right one (check the form and the check digits)"
            raise FieldError(msg)
    return found


def _documents(oid: int, items: list[object]) -> tuple[Document, ...]:
    return tuple(
        _document(oid * 100 + place, Fields(item, (*_DOCUMENT, "id")))
        for place, item in enumerate(_not_too_many("documents", items), 1)
    )


def _vehicles(oid: int, items: list[object]) -> tuple[Vehicle, ...]:
    return tuple(
        _vehicle(oid * 100 + place, Fields(item, (*_VEHICLE, "id")))
        for place, item in enumerate(_not_too_many("vehicles", items), 1)
    )


def _vehicle(number: int, fields: Fields) -> Vehicle:
    return Vehicle(id=number, **{name: fields.text(name, longest=40) for name in _VEHICLE})


def _not_too_many(name: str, items: list[object]) -> list[object]:
    if len(items) > _ITEMS_OF_ONE:
        msg = f"{name}: at most {_ITEMS_OF_ONE}"
        raise FieldError(msg)
    return items


def _addresses(oid: int, items: list[object]) -> tuple[Address, ...]:
    return tuple(
        _address(oid * 100 + place, Fields(item, (*_ADDRESS, "id")))
        for place, item in enumerate(_not_too_many("addresses", items), 1)
    )


def _address(number: int, fields: Fields) -> Address:
    return Address(
        id=number,
        type=fields.choice("type", ("PRG", "PLV"), "PRG"),
        zip_code=fields.text("zip_code", longest=6),
        region=fields.text("region", longest=100),
        city=fields.text("city", longest=100),
        street=fields.text("street", longest=100),
        house=fields.text("house", longest=20),
        flat=fields.optional_text("flat", longest=20),
    )


def _organisation(raw: object) -> Organisation | None:
    if raw is None:
        return None
    fields = Fields(raw, _ORGANISATION)
    ogrn = fields.text("ogrn", longest=15)
    if not (ogrn.isascii() and ogrn.isdecimal()):
        raise FieldError("ogrn: digits are expected")
    organisation = Organisation(
        name=fields.text("name", longest=300),
        short_name=fields.optional_text("short_name", longest=100),
        kpp=fields.optional_text("kpp", longest=9),
        ogrn=ogrn,
        inn=fields.text("inn", longest=12),
    )
    # its ИНН is shorter than that of a person, so only these are read like hers
    given = {name: fields.get(name) for name in _CONTACTS if name in fields}
    contacts = _identifiers(Fields(given, _CONTACTS))
    return replace(
        organisation,
        **contacts,  # pyright: ignore[reportArgumentType] - texts, checked above
        addresses=_addresses(organisation.oid, fields.items("addresses")),
        branches=_branches(organisation.oid, fields.items("branches")),
    )


def _branches(oid: int, items: list[object]) -> tuple[Branch, ...]:
    given = [Fields(item, ("oid", *_BRANCH)) for item in _not_too_many("branches", items)]
    return tuple(
        Branch(
            oid=oid * 100 + place,
            name=fields.text("name", longest=300),
            kpp=fields.optional_text("kpp", longest=9),
        )
        for place, fields in enumerate(given, 1)
    )


def _document(number: int, fields: Fields) -> Document:
    return Document(
        id=number,
        type=fields.text("type", longest=40),
        number=fields.text("number", longest=40),
        series=fields.optional_text("series", longest=40),
        issue_date=fields.date("issue_date"),
        issue_id=fields.optional_text("issue_id", longest=40),
        issued_by=fields.optional_text("issued_by", longest=300),
        expiry_date=fields.date("expiry_date"),
    )
