"""Every refusal of the simulator: ESIA's codes, REST codes, control errors.

What ESIA says with each code stands in esia_codes.py.
"""

from enum import StrEnum

from esia_sim.esia_codes import ANSWERS, Code


class EsiaError(Exception):
    """An OAuth endpoint refuses; the one error exit makes a redirect, JSON or a page of it.

    `redirect_uri` is set only once it was checked against the registration of the client.
    """

    def __init__(
        self,
        code: Code,
        *,
        names: tuple[str, ...] = (),
        redirect_uri: str | None = None,
        state: str | None = None,
    ) -> None:
        """Refuse with a code; `names` are the missing parameters, for ESIA-007014."""
        super().__init__(code.value)
        self.code = code
        self.names = names
        self.redirect_uri = redirect_uri
        self.state = state

    @property
    def error(self) -> str:
        """The word of RFC 6749."""
        return ANSWERS[self.code].error

    @property
    def description(self) -> str:
        """ESIA's `error_description`."""
        text = ANSWERS[self.code].text
        missing = f" [{', '.join(self.names)}]." if self.names else ""
        return f"{self.code.value}: {text}{missing}"


class RestError(Exception):
    """A REST resource refuses."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """Refuse with an HTTP status and the body's code and message."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message


class ControlError(Exception):
    """A control call is refused; the text says what to change."""

    def __init__(self, status: int, text: str) -> None:
        """Refuse with an HTTP status and a text for the programmer."""
        super().__init__(text)
        self.status = status
        self.text = text


class Reason(StrEnum):
    """Why a page of the simulator itself cannot go on; words stand in texts.py."""

    STALE = "SIM-001"
    OTHER_TAB = "SIM-002"
    ANSWERED = "SIM-003"
    RECOVERY_OVER = "SIM-004"
    RECOVERY_BLOCKED = "SIM-005"
    LINK_OVER = "SIM-006"
    REGISTRATION_OVER = "SIM-007"
    OLD_FORM = "SIM-008"
    NOT_FOUND = "SIM-404"
    METHOD = "SIM-405"
    TOO_LARGE = "SIM-413"
    BAD_REQUEST = "SIM-400"
    BROKEN = "SIM-500"


class SignInFirst(Exception):
    """A page needs somebody signed in; the way leads through the sign-in pages and back."""

    def __init__(self, to: str) -> None:
        """Remember the page, a path of this stand."""
        super().__init__(to)
        self.to = to


class PageError(Exception):
    """A page cannot be shown; the person gets a page with the reason and a way on."""

    def __init__(self, status: int, reason: Reason) -> None:
        """Refuse with an HTTP status and a reason."""
        super().__init__(reason.value)
        self.status = status
        self.reason = reason
