"""What entering refuses: sessions, codes, the way to ESIA and back, two factors."""

from datetime import datetime

from zdrav29_app.errors.root import CabinetError


class SignedOut(CabinetError):
    """Nobody is signed in here, or the session has ended.

    `going_to` is the address the person wanted; `expired` says there was a session once.
    """

    code = "AUTH-440"

    def __init__(self, going_to: str = "", *, expired: bool = False) -> None:
        super().__init__()
        self.going_to = going_to
        self.expired = expired


class CabinetChanged(CabinetError):
    """Another cabinet was opened in another tab, so this one would act for the wrong person."""

    code = "ACCESS-409"


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
    """The ESIA account is not confirmed, so medical data stay closed.

    `has_documents`: passport and СНИЛС are filled in already, only the confirmation is missing.
    """

    code = "AUTH-412"

    def __init__(self, *, has_documents: bool = True) -> None:
        super().__init__()
        self.has_documents = has_documents


class StepUpFailed(SignInRefused):
    """A second factor was asked for, and ESIA does not say that there was one."""

    code = "AUTH-422"


class StepUpNeeded(CabinetError):
    """Two factors are needed here, and this session had one. `going_to` is where she was going."""

    code = "AUTH-421"

    def __init__(self, going_to: str = "") -> None:
        super().__init__()
        self.going_to = going_to
