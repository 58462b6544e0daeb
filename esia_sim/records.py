"""What a stand remembers for a while: sessions, attempts to sign in, grants, failures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from esia_sim.permissions import Permission


class Way(StrEnum):
    """What a person proved herself with."""

    PASSWORD = "password"  # noqa: S105 - the name of a way in
    SMS = "sms"
    EMAIL = "email"
    APP_CODE = "totp"
    PUSH = "push"
    BIOMETRICS = "biometrics"
    QR = "qr"
    SIGNATURE = "signature"
    CONTROL = "control"


# The phone with its PIN, and the token with its PIN, are two factors by themselves.
_TWO_AT_ONCE = frozenset({Way.PUSH, Way.QR, Way.SIGNATURE, Way.CONTROL})


def factors(ways: tuple[Way, ...]) -> int:
    """Count the factors that these ways make together: 1 or 2."""
    return 2 if _TWO_AT_ONCE.intersection(ways) else min(2, len(set(ways)))


class PushKind(StrEnum):
    """What a push asks of the person."""

    SIGN_IN = "sign_in"
    QR = "qr"
    BIOMETRICS = "biometrics"


@dataclass(slots=True, kw_only=True)
class Push:
    """A question on a person's phone. `secret` stands in its form; `answer` is None until given.

    `number` is shown on both sides, to be compared. `misses` counts fingers not recognised.
    """

    id: str
    secret: str
    person_key: str
    kind: PushKind
    number: str
    expires_at: datetime
    answer: bool | None = None
    misses: int = 0


@dataclass(slots=True, kw_only=True)
class Waiting:
    """A browser that waits for a phone; `push` is empty while (or because) there is none."""

    kind: PushKind
    number: str
    until: datetime
    push: str = ""
    qr: str = ""


@dataclass(slots=True)
class QrCode:
    """A short code, drawn as QR, that leads a phone to the waiting attempt."""

    attempt: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """One time that a person entered; `agent` is the browser's own description of itself."""

    at: datetime
    sid: str
    ways: tuple[Way, ...]
    address: str
    agent: str
    client: str | None


@dataclass(slots=True, kw_only=True)
class Session:
    """A person who is signed in, in one browser. `form_token` stands in the forms of her pages."""

    sid: str
    person_key: str
    auth_time: datetime
    expires_at: datetime
    ways: tuple[Way, ...]
    form_token: str
    contact_codes: int = 0


@dataclass(slots=True, kw_only=True)
class OneTimeCode:
    """A code that was sent: its HOTP secret and counter, where it went, what is left of it."""

    secret: str
    counter: int
    tries_left: int
    sent_at: datetime
    channel: str
    to: str


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One way through the sign-in pages, bound to a browser by its cookie.

    `token` is the cookie's value; `form_token` stands in the forms, so that no other page can post.
    `request` holds the checked parameters of `/aas/oauth2/ac`, None when the portal was entered;
    then `next` is the page to go to. `ways` are those that she has passed already. `login` is what
    she typed to sign in without a password, whether anybody has it or not. `unconfirmed` is the
    person who gave the right password with an e-mail that she has never confirmed.
    """

    token: str
    form_token: str
    request: dict[str, str] | None
    expires_at: datetime
    unconfirmed: str | None = None
    next: str = "/"
    person_key: str | None = None
    login: str = ""
    code: OneTimeCode | None = None
    ways: tuple[Way, ...] = ()
    waiting: Waiting | None = None


class Topic(StrEnum):
    """What a conversation with support is about."""

    CHAT = "chat"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said to support or by it; `author` is `person`, `robot` or `specialist`."""

    at: datetime
    author: str
    text: str


@dataclass(slots=True, kw_only=True)
class Conversation:
    """A person and support. `facts` are what she typed into a form; `secret` opens it to her.

    `decision` is None until a specialist decided about a recovery, then whether she was believed.
    """

    number: str
    secret: str
    topic: Topic
    opened_at: datetime
    person_key: str | None
    facts: dict[str, str]
    lines: list[Line]
    decision: bool | None = None


@dataclass(slots=True, kw_only=True)
class Recovery:
    """One way through the pages of recovery, bound to a browser by its cookie.

    `contact` is what was typed, whether anybody has it or not; `person_key` is set once the code
    was right, or support has believed her.
    """

    token: str
    form_token: str
    contact: str
    expires_at: datetime
    code: OneTimeCode | None = None
    person_key: str | None = None


@dataclass(frozen=True, slots=True)
class Lent:
    """A permission (ЦПГ) that a person gave, and when it ends."""

    permission: Permission
    until: datetime


@dataclass(frozen=True, slots=True)
class Consent:
    """What a person lets a system have, and since when; `lent` by the kind of permission."""

    scopes: frozenset[str]
    at: datetime
    lent: Mapping[str, Lent] = field(default_factory=dict[str, Lent])


@dataclass(slots=True, kw_only=True)
class ContactChange:
    """A new phone or e-mail on its way to be confirmed; `kind` is `phone` or `email`."""

    kind: str
    person_key: str
    value: str
    expires_at: datetime
    code: OneTimeCode | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that was sent as proof: what remains of it. `size` is in bytes."""

    name: str
    kind: str
    size: int
    sha256: str


@dataclass(slots=True, kw_only=True)
class Registration:
    """One way through registration, bound to a browser by its cookie.

    `typed` keeps what was typed, to be shown again; `facts` what was made of it. `proof` is
    `scans` or `video`; `person_key` is set at the end, `refused` names what was not taken.
    """

    token: str
    form_token: str
    expires_at: datetime
    phone: str = ""
    code: OneTimeCode | None = None
    is_phone_confirmed: bool = False
    password_hash: str | None = None
    typed: dict[str, str] = field(default_factory=dict[str, str])
    facts: dict[str, str] = field(default_factory=dict[str, str])
    scans: list[Scan] = field(default_factory=list[Scan])
    video: int = 0
    proof: str = ""
    person_key: str | None = None
    refused: list[str] = field(default_factory=list[str])


@dataclass(slots=True, kw_only=True)
class Checking:
    """A new account on its way from simplified to confirmed, and what its person then hears."""

    person_key: str
    standard_at: datetime
    confirmed_at: datetime
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class EmailLink:
    """A link that was sent to an address (or a phone) of a person; it works once."""

    person_key: str
    address: str
    expires_at: datetime


@dataclass(slots=True)
class Cooldown:
    """Until it ends, nothing more is sent to somebody."""

    expires_at: datetime


@dataclass(slots=True)
class Failures:
    """Wrong passwords and codes in a row of one login."""

    count: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What a code was exchanged for; it ends with the code."""

    access_token: str
    access_ends_at: datetime
    refresh_token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Revoked:
    """An access token that was taken back before its end."""

    expires_at: datetime
