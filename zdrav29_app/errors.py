"""Everything the cabinet refuses, as one family. Errors carry facts, texts/errors.py words.

`code` is what the patient may quote to support; the table of codes is in README.md.
"""

from datetime import datetime
from typing import ClassVar


class CabinetError(Exception):
    """Something the cabinet refuses or cannot do, with a code a patient can quote."""

    code: ClassVar[str] = "SYS-500"


class NotFound(CabinetError):
    """No such thing, or it belongs to someone else: the asker cannot tell which."""

    code = "GEN-404"


class BadInput(CabinetError):
    """An argument from the browser is not of the kind that was asked for."""

    code = "GEN-400"


class SignedOut(CabinetError):
    """Nobody is signed in here, or the session has ended.

    `going_to` is the address the person wanted; `expired` says there was a session once.
    """

    code = "AUTH-440"

    def __init__(self, going_to: str = "", *, expired: bool = False) -> None:
        super().__init__()
        self.going_to = going_to
        self.expired = expired


class EntryIncomplete(CabinetError):
    """The first entry comes first. Never shown: `page` is where it goes on."""

    code = "AUTH-428"

    def __init__(self, page: str = "/welcome", going_to: str = "") -> None:
        super().__init__()
        self.page = page
        self.going_to = going_to


class PhoneMissing(CabinetError):
    """The ESIA profile holds no phone to send a code to."""

    code = "CODE-404"


class CodeWrong(CabinetError):
    """A one-time code does not fit; `tries_left` of this code."""

    code = "CODE-401"

    def __init__(self, tries_left: int = 0) -> None:
        super().__init__()
        self.tries_left = tries_left


class CodeExpired(CabinetError):
    """A one-time code is too old, or its tries are used up; a new one is needed."""

    code = "CODE-410"


class CodeTooSoon(CabinetError):
    """A new code may be sent only in so many seconds."""

    code = "CODE-429"

    def __init__(self, seconds: int = 0) -> None:
        super().__init__()
        self.seconds = seconds


class CodeBlocked(CabinetError):
    """Too many wrong codes; `until` (aware UTC) no code is taken."""

    code = "AUTH-423"

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__()
        self.until = until


class SignInRefused(CabinetError):
    """The round trip to ESIA did not end in a session."""


class ConsentDenied(SignInRefused):
    """The person pressed «Отказать» at ESIA."""

    code = "AUTH-403"


class AttemptUnknown(SignInRefused):
    """The answer of ESIA belongs to no attempt of this browser, or the attempt was used before."""

    code = "AUTH-409"


class AttemptExpired(SignInRefused):
    """The person took longer at ESIA than an attempt lives."""

    code = "AUTH-408"


class TokenInvalid(SignInRefused):
    """ESIA's token does not verify: signature, issuer, audience, lifetime or type."""

    code = "AUTH-401"


class EsiaRefused(SignInRefused):
    """ESIA answered with an error; `esia_code` is its own number, such as ESIA-007005."""

    code = "AUTH-502"

    def __init__(self, esia_code: str = "") -> None:
        super().__init__(esia_code)
        self.esia_code = esia_code


class EsiaSilent(SignInRefused):
    """ESIA cannot be reached or answers nonsense."""

    code = "AUTH-503"


class AccountUnconfirmed(SignInRefused):
    """The ESIA account is not confirmed, so medical data stay closed."""

    code = "AUTH-412"


class BookingRefused(CabinetError):
    """A rule or another patient stands in the way of a visit."""


class SlotTaken(BookingRefused):
    """Somebody was faster. `neighbours`: start times nearby that are still free."""

    code = "SLOT-409"

    def __init__(self, neighbours: tuple[datetime, ...] = ()) -> None:
        super().__init__()
        self.neighbours = neighbours


class SlotPast(BookingRefused):
    """The time has already begun."""

    code = "SLOT-411"


class BeyondHorizon(BookingRefused):
    """The time is further away than booking is open. `horizon_days` says how far it is."""

    code = "SLOT-412"

    def __init__(self, horizon_days: int) -> None:
        super().__init__(horizon_days)
        self.horizon_days = horizon_days


class AlreadyBooked(BookingRefused):
    """The patient has an active visit to the same speciality."""

    code = "BOOK-201"

    def __init__(self, speciality: str, starts_at: datetime, number: str) -> None:
        super().__init__(number)
        self.speciality = speciality
        self.starts_at = starts_at
        self.number = number


class TimeConflict(BookingRefused):
    """The patient has another visit at that time."""

    code = "BOOK-202"

    def __init__(self, speciality: str, starts_at: datetime, number: str) -> None:
        super().__init__(number)
        self.speciality = speciality
        self.starts_at = starts_at
        self.number = number


class ReferralNeeded(BookingRefused):
    """The doctor receives by referral only (направление)."""

    code = "BOOK-203"


class WrongAge(BookingRefused):
    """The doctor receives another age. `age` is counted on the day of the visit."""

    code = "BOOK-206"

    def __init__(self, age: int, *, for_children: bool) -> None:
        super().__init__(age)
        self.age = age
        self.for_children = for_children


class WrongSex(BookingRefused):
    """The speciality receives women only."""

    code = "BOOK-207"


class TooManyVisits(BookingRefused):
    """The patient holds as many active visits as one person may. `limit` says how many."""

    code = "BOOK-208"

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class TooLateToCancel(CabinetError):
    """The visit has begun or is over, or was cancelled before."""

    code = "VISIT-410"


class GatewayError(CabinetError):
    """A neighbour did not take what we sent. `permanent`: trying again will not help."""

    code = "GATE-502"

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.permanent = permanent
