"""Who is there: a person as ESIA describes her, her browser, her proof, and who is looking now."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from zdrav29_app.values import Gender, Stage


class AddressKind(StrEnum):
    """Addresses as ESIA tells them apart."""

    REGISTERED = "PRG"
    LIVES = "PLV"


@dataclass(frozen=True)
class Passport:
    """The document that proves identity; `number` holds series and number."""

    number: str
    issued_on: date | None = None
    issued_by: str | None = None


@dataclass(frozen=True)
class EsiaPerson:
    """A person as ESIA describes her. `birth_date` is a day; absent data are None.

    `addresses` are lines by their kind. A child has neither contacts nor children of its own here.
    """

    oid: int
    trusted: bool
    last_name: str
    first_name: str
    middle_name: str | None
    birth_date: date
    gender: Gender
    snils: str | None = None
    oms_number: str | None = None
    phone: str | None = None
    email: str | None = None
    passport: Passport | None = None
    addresses: tuple[tuple[AddressKind, str], ...] = ()
    children: tuple["EsiaPerson", ...] = ()

    @property
    def has_documents(self) -> bool:
        """Whether passport and СНИЛС are filled in, which comes before confirming an account."""
        return self.passport is not None and self.snils is not None


@dataclass(frozen=True)
class Browser:
    """Where a person signs in from. `device` is the random cookie of this browser."""

    ip: str
    user_agent: str
    device: str = ""


@dataclass(frozen=True)
class Viewer:
    """Who is looking (кто смотрит): whose cabinet is open, who acts, the session that proves it.

    `patient_id` is the actor's own unless she acts for a child or a relative.
    """

    patient_id: int
    actor_id: int
    oid: int
    session_id: int
    factors: int
    seen_at: datetime
    ends_at: datetime
    stage: Stage

    @property
    def is_acting(self) -> bool:
        """Whether this is somebody else's cabinet."""
        return self.patient_id != self.actor_id


class Actor(Protocol):
    """Whoever acts: a patient in a session, or one who follows a link of a letter."""

    @property
    def patient_id(self) -> int:
        """Row of the patient in whose cabinet it happens; 0 means nobody."""
        ...

    @property
    def actor_id(self) -> int:
        """Row of the patient who acts; 0 means nobody."""
        ...

    @property
    def session_id(self) -> int | None:
        """Row of the session; 0 means none, None that a letter stands for it."""
        ...


@dataclass(frozen=True)
class Addressee:
    """Who follows a link of a letter: the letter stands for a session."""

    patient_id: int
    actor_id: int
    session_id: None = None


class Asker(Protocol):
    """For whom something is asked: a viewer, or a patient who is told when her turn comes."""

    @property
    def patient_id(self) -> int:
        """Row of the patient."""
        ...

    @property
    def stage(self) -> Stage:
        """How far whoever acts for her has come with the first entry."""
        ...


@dataclass(frozen=True)
class Proof:
    """How a person proved herself at ESIA; `factors` is 1 when ESIA does not say."""

    factors: int = 1
    by_signature: bool = False


def fingerprint(secret: str) -> str:
    """SHA-256 of a secret, in hex; empty for an empty one."""
    return hashlib.sha256(secret.encode()).hexdigest() if secret else ""
