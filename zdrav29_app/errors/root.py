"""The root of the family, and what any part of the cabinet may refuse."""

from typing import ClassVar


class CabinetError(Exception):
    """Something the cabinet refuses or cannot do, with a code a patient can quote."""

    code: ClassVar[str] = "SYS-500"


class DatabaseSilent(CabinetError):
    """The database cannot be reached, or does not do its work."""

    code = "SYS-503"


class NotFound(CabinetError):
    """No such thing, or it belongs to someone else: the asker cannot tell which."""

    code = "GEN-404"


class BadInput(CabinetError):
    """An argument from the browser is not of the kind that was asked for."""

    code = "GEN-400"


class TooManyRequests(CabinetError):
    """Somebody asks more often than a person can; `seconds` until it is allowed again."""

    code = "GEN-429"

    def __init__(self, seconds: int = 0) -> None:
        super().__init__()
        self.seconds = seconds


class GatewayError(CabinetError):
    """A neighbour did not take what we sent. `permanent`: trying again will not help.

    `seconds` is when to try again, 0 where we decide.
    """

    code = "GATE-502"

    def __init__(self, reason: str = "", *, permanent: bool = False, seconds: float = 0) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.seconds = seconds
