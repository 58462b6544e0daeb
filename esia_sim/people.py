"""The people of the stand: who they are and how a control call describes them."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, cast

from esia_sim import identifiers

OWN_CAST: Final = Path(__file__).with_name("people.yaml")


class Level(StrEnum):
    """How far ESIA has proved who the account belongs to."""

    SIMPLIFIED = "simplified"
    STANDARD = "standard"
    CONFIRMED = "confirmed"


class State(StrEnum):
    """Whether the account may be entered."""

    ACTIVE = "active"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document of a person, by ESIA's type names; `id` is unique on the stand."""

    id: int
    type: str
    number: str
    series: str | None = None
    issue_date: date | None = None
    issue_id: str | None = None
    issued_by: str | None = None
    expiry_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A vehicle with its certificate of registration (СТС)."""

    id: int
    name: str
    number_plate: str
    series: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address by ESIA's names: `type` is PRG (registered) or PLV (lives there)."""

    id: int
    type: str
    zip_code: str
    region: str
    city: str
    street: str
    house: str
    flat: str | None = None

    @property
    def line(self) -> str:
        """The address on one line, without the index."""
        return ", ".join(filter(None, (self.region, self.city, self.in_city)))

    @property
    def in_city(self) -> str:
        """Street, house and flat."""
        flat = f"кв. {self.flat}" if self.flat else ""
        return ", ".join(filter(None, (self.street, f"д. {self.house}", flat)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A branch of an organisation; `oid` is ESIA's number of it."""

    oid: int
    name: str
    kpp: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """An organisation that a person heads; `oid` is made of its ОГРН."""

    name: str
    ogrn: str
    inn: str
    short_name: str | None = None
    kpp: str | None = None
    phone: str | None = None
    email: str | None = None
    addresses: tuple[Address, ...] = ()
    branches: tuple[Branch, ...] = ()

    @property
    def oid(self) -> int:
        """ESIA's number of the organisation."""
        return 1_100_000_000 + int(self.ogrn) % 100_000_000

    @property
    def kind(self) -> str:
        """ESIA's `type`: a company, or a person in business of her own by the longer number."""
        return "BUSINESS" if len(self.ogrn) == len("304500116000157") else "LEGAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One account. `phone` is `+7XXXXXXXXXX`; `None` means that the person has no such thing.

    `children` are keys of people. `signature` is the state of her certificate: `valid`, `expired`
    or `revoked`. `old_password_hashes` are of passwords that were right once.
    """

    key: str
    oid: int
    last_name: str
    first_name: str
    birth_date: date
    gender: str
    middle_name: str | None = None
    phone: str | None = None
    email: str | None = None
    email_verified: bool = True
    snils: str | None = None
    inn: str | None = None
    birth_place: str | None = None
    level: Level = Level.CONFIRMED
    state: State = State.ACTIVE
    password_hash: str | None = None
    totp_secret: str | None = None
    has_app: bool = True
    entered: bool = True
    story: str = ""
    documents: tuple[Document, ...] = ()
    addresses: tuple[Address, ...] = ()
    vehicles: tuple[Vehicle, ...] = ()
    children: tuple[str, ...] = ()
    organisation: Organisation | None = None
    signature: str | None = None
    old_password_hashes: tuple[str, ...] = ()
    password_changed_at: datetime | None = None

    @property
    def login(self) -> str | None:
        """What the person types to sign in; None for who has nothing to type."""
        return identifiers.show_phone(self.phone) if self.phone else self.email

    @property
    def short_name(self) -> str:
        """First name and patronymic, as one is spoken to."""
        return " ".join(filter(None, (self.first_name, self.middle_name)))

    @property
    def is_confirmed(self) -> bool:
        """Whether identity was proved in person."""
        return self.level is Level.CONFIRMED


@dataclass(frozen=True, slots=True)
class Cast:
    """People as at the start, and the one demo password that they share."""

    people: tuple[Person, ...]
    password: str
    password_hash: str

    def as_json(self, person: Person) -> dict[str, object]:
        """Describe a person to a control call; the password only while it is the demo one."""
        facts = asdict(person)
        knows = person.password_hash == self.password_hash
        facts["password"] = self.password if knows else None
        facts["login"] = person.login
        facts["phone"] = identifiers.show_phone(person.phone) if person.phone else None
        del facts["password_hash"], facts["old_password_hashes"]
        return cast("dict[str, object]", _plain(facts))


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        items = cast("dict[str, object]", value)
        return {key: _plain(item) for key, item in items.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in cast("list[object]", value)]
    return value
