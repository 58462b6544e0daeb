"""Values with rules of their own: local time, a name, СНИЛС, policy number, phone, safe address.

Each parser accepts the usual ways of writing and returns one canonical form.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

MOSCOW = ZoneInfo("Europe/Moscow")

SNILS_DIGITS = 11
SNILS_CHECKED_FROM = 1_001_998
OMS_DIGITS = 16
_NEXT_LIMIT = 500
_NOT_PAGES = frozenset({"auth", "files"})


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Arkhangelsk (Moscow time all the year)."""
    return moment.astimezone(MOSCOW)


def _digits(text: str) -> str:
    return re.sub(r"[\s()\-–.]", "", text)


NOBODY = "nobody"
"""Who types while nobody is signed in."""


class Gender(StrEnum):
    """Administrative gender as ESIA writes it."""

    FEMALE = "F"
    MALE = "M"


class SignInWay(StrEnum):
    """How a person wants to sign in next time; the words are those of ESIA's simulator."""

    PASSWORD = "password"  # noqa: S105  the name of a way in
    BIOMETRICS = "biometrics"
    CODE = "sms"


class Purpose(StrEnum):
    """What personal data are processed for; each purpose has a document of its own."""

    CABINET = "cabinet"


class SupportTopic(StrEnum):
    """What a request to support is about (тема обращения)."""

    ERROR = "error"
    SIGN_IN = "sign_in"
    BOOKING = "booking"
    DATA = "data"
    SECURITY = "security"
    RECOVERY = "recovery"
    OTHER = "other"


class SupportStatus(StrEnum):
    """How far a request to support has come; `WAITING` for the patient's answer."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


class Service(StrEnum):
    """What the status page answers for: the cabinet, and the systems it depends on."""

    CABINET = "cabinet"
    DATABASE = "database"
    ESIA = "esia"
    SMS = "sms"
    MAIL = "mail"


class AnnouncementKind(StrEnum):
    """What is announced on every page."""

    OUTAGE = "outage"
    WORKS = "works"


class AttachmentReason(StrEnum):
    """Why a patient changes the clinic."""

    MOVED = "moved"
    WORK = "work"
    NEARER = "nearer"
    QUALITY = "quality"
    ADULT = "adult"
    OTHER = "other"


class ApplicationStatus(StrEnum):
    """How far an application to change the clinic has come."""

    UNDER_REVIEW = "under_review"
    CONFIRMED = "confirmed"
    ACTIVE = "active"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class RefusalReason(StrEnum):
    """Why a clinic may refuse: nothing else is lawful."""

    FULL = "full"
    NO_PRIMARY_CARE = "no_primary_care"
    TOO_SOON = "too_soon"
    POLICY = "policy"
    DOCTOR = "doctor"


class NoticeGroup(StrEnum):
    """What messages are about, as a person switches them."""

    VISITS = "visits"
    REMINDERS = "reminders"
    FAMILY = "family"
    ATTACHMENT = "attachment"
    CERTIFICATES = "certificates"
    SUPPORT = "support"
    SECURITY = "security"


class Channel(StrEnum):
    """How a notice reaches the patient; in the cabinet it stands anyway."""

    SMS = "sms"
    EMAIL = "email"
    CABINET = "cabinet"


class LinkAct(StrEnum):
    """What a link in a letter does with a visit."""

    CONFIRM = "confirm"
    CANCEL = "cancel"


class CodePurpose(StrEnum):
    """What a one-time code is for."""

    PHONE = "phone"
    RELATIVE = "relative"


class Relation(StrEnum):
    """Why one person may act for another (FHIR RelatedPerson.relationship)."""

    CHILD = "child"
    RELATIVE = "relative"


class Stage(StrEnum):
    """What a person still has to do before the cabinet opens (первый вход)."""

    PHONE = "phone"
    CONSENT = "consent"
    WAY = "way"
    COMPLETE = "complete"


@dataclass(frozen=True)
class FullName:
    """A name in its three parts; the patronymic (отчество) may be absent."""

    last: str
    first: str
    middle: str | None = None


@dataclass(frozen=True)
class Snils:
    """Insurance number of a person (СНИЛС), 11 digits with a check number.

    Source: the checksum rule of the pension fund, weights 9…1, modulo 101.
    """

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any usual writing.

        Raises:
            ValueError: not eleven digits, or the check number does not fit.
        """
        digits = _digits(text)
        if not re.fullmatch(rf"[0-9]{{{SNILS_DIGITS}}}", digits):
            raise ValueError("a SNILS has 11 digits")
        if int(digits[:9]) > SNILS_CHECKED_FROM and cls.check_number(digits[:9]) != digits[9:]:
            raise ValueError("the check number of the SNILS does not fit")
        return cls(digits)

    @staticmethod
    def check_number(first_nine: str) -> str:
        """The two last digits that belong to the first nine."""
        total = sum(int(digit) * (9 - place) for place, digit in enumerate(first_nine))
        return f"{total % 101 % 100:02d}"

    def __str__(self) -> str:
        d = self.digits
        return f"{d[:3]}-{d[3:6]}-{d[6:9]} {d[9:]}"


@dataclass(frozen=True)
class OmsNumber:
    """Number of the medical insurance policy (ЕНП полиса ОМС): 16 digits, the last one by Luhn."""

    digits: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read any usual writing.

        Raises:
            ValueError: not sixteen digits, or the last digit does not fit.
        """
        digits = _digits(text)
        if not re.fullmatch(rf"[0-9]{{{OMS_DIGITS}}}", digits):
            raise ValueError("a policy number has 16 digits")
        if cls._luhn(digits) % 10:
            raise ValueError("the last digit of the policy number does not fit")
        return cls(digits)

    @classmethod
    def of_body(cls, body: str) -> Self:
        """The number whose first fifteen digits these are."""
        return cls(f"{body}{-cls._luhn(f'{body}0') % 10}")

    @staticmethod
    def _luhn(digits: str) -> int:
        doubled = (int(d) * 2 for d in digits[-2::-2])
        return sum(sum(divmod(d, 10)) for d in doubled) + sum(int(d) for d in digits[-1::-2])

    def __str__(self) -> str:
        return " ".join(self.digits[i : i + 4] for i in range(0, OMS_DIGITS, 4))


@dataclass(frozen=True)
class Phone:
    """A Russian mobile phone; `e164` is «+7» and ten digits."""

    e164: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read «8 921 …», «+7(921)…», ten digits alone.

        Raises:
            ValueError: not a Russian number.
        """
        found = re.fullmatch(r"(?:\+?7|8)?([0-9]{10})", _digits(text))
        if found is None:
            raise ValueError("a phone has 10 digits after +7")
        return cls("+7" + found[1])

    def __str__(self) -> str:
        d = self.e164[2:]
        return f"+7 ({d[:3]}) {d[3:6]}-{d[6:8]}-{d[8:]}"

    @property
    def masked(self) -> str:
        """For showing: only the last two digits."""
        return f"+7 (•••) •••-••-{self.e164[-2:]}"


def reach(contact: str) -> tuple[Channel, str] | None:
    """Where a message goes by a contact that somebody typed; None when nowhere by itself.

    >>> reach("8 (900) 000-77-88")
    (<Channel.SMS: 'sms'>, '+79000007788')
    >>> reach("вечером, спросите Анну")
    """
    words = contact.strip()
    name, at, host = words.partition("@")
    if at and name and "." in host and words.isascii() and words.isprintable() and " " not in words:
        return Channel.EMAIL, words
    try:
        return Channel.SMS, Phone.parse(words).e164
    except ValueError:
        return None


def safe_next(target: object) -> str:
    """An address inside the cabinet to return to, or `/home` when `target` is anything else.

    Only plain words may stand in the path: browsers shorten dots, decode percents and read double
    slashes as another site.
    """
    if not isinstance(target, str) or len(target) > _NEXT_LIMIT:
        return "/home"
    found = re.fullmatch(r"(/[\w-]+(?:/[\w-]+)*)(\?[^\\\x00-\x20\x7f]*)?", target, re.ASCII)
    is_page = found is not None and found[1].split("/")[1] not in _NOT_PAGES
    return target if is_page else "/home"
