"""Every refusal of the simulator: ESIA's codes with their OAuth names, REST codes, control errors.

Source: shared/reference/esia-protocol.md §4. Texts marked there as observed are verbatim; the
others, and the `error` names marked [U], are assumptions of ours.
"""

from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """Codes of ESIA's OAuth endpoints that the simulator can answer with."""

    WRONG_PARAMETER = "ESIA-007003"
    DENIED = "ESIA-007004"
    CLIENT_REFUSED = "ESIA-007005"
    UNKNOWN_SCOPE = "ESIA-007006"
    SERVER_ERROR = "ESIA-007007"
    RESPONSE_TYPE = "ESIA-007009"
    BAD_GRANT = "ESIA-007011"
    GRANT_TYPE = "ESIA-007012"
    MISSING = "ESIA-007014"
    WRONG_TIME = "ESIA-007015"
    SCOPE_NOT_ALLOWED = "ESIA-007019"
    REDIRECT_URI = "ESIA-007023"


_ANSWERS: Final = {
    Code.WRONG_PARAMETER: (
        "invalid_request",
        "The request contains a wrong or repeated parameter.",
    ),
    Code.DENIED: (
        "access_denied",
        "The resource owner or authorization server denied the request.",
    ),
    Code.CLIENT_REFUSED: (
        "unauthorized_client",
        "The client is not authorized to request an access token using this method.",
    ),
    Code.UNKNOWN_SCOPE: (
        "invalid_scope",
        "The requested scope is invalid, unknown, or malformed.",
    ),
    Code.SERVER_ERROR: ("server_error", "The server met an unexpected condition."),
    Code.RESPONSE_TYPE: (
        "unsupported_response_type",
        "The response type is not supported.",
    ),
    Code.BAD_GRANT: (
        "invalid_grant",
        "The authorization code or refresh token is invalid, expired, revoked or not yours.",
    ),
    Code.GRANT_TYPE: ("unsupported_grant_type", "The grant type is not supported."),
    Code.MISSING: ("invalid_request", "The request doesn`t contain the mandatory parameter"),
    Code.WRONG_TIME: ("invalid_request", "The time of the request is wrong."),
    Code.SCOPE_NOT_ALLOWED: ("access_denied", "OAuthErrorEnum.noGrants"),
    Code.REDIRECT_URI: (
        "invalid_request",
        "The redirect_uri is not among those allowed to the client.",
    ),
}


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
        return _ANSWERS[self.code][0]

    @property
    def description(self) -> str:
        """ESIA's `error_description`."""
        text = _ANSWERS[self.code][1]
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
