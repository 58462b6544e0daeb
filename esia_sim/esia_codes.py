"""ESIA's error codes, with the OAuth word and the English text of each.

Source: esia-protocol.md §4.1. `observed` answers are verbatim; the words and
texts of the others are assumptions.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """Codes of ESIA's OAuth endpoints that the simulator can answer with."""

    NO_CERTIFICATE = "ESIA-007002"
    WRONG_PARAMETER = "ESIA-007003"
    DENIED = "ESIA-007004"
    CLIENT_REFUSED = "ESIA-007005"
    UNKNOWN_SCOPE = "ESIA-007006"
    SERVER_ERROR = "ESIA-007007"
    OVERLOADED = "ESIA-007008"
    RESPONSE_TYPE = "ESIA-007009"
    BAD_GRANT = "ESIA-007011"
    GRANT_TYPE = "ESIA-007012"
    NO_SCOPE = "ESIA-007013"
    MISSING = "ESIA-007014"
    WRONG_TIME = "ESIA-007015"
    SCOPE_NOT_ALLOWED = "ESIA-007019"
    REDIRECT_URI = "ESIA-007023"
    UNREADABLE = "ESIA-007038"
    NO_CHALLENGE = "ESIA-007039"
    WRONG_VERIFIER = "ESIA-007040"
    NO_ONE_TIME_CODE = "ESIA-007046"
    WRONG_SECRET = "ESIA-007053"  # noqa: S105 - a code of ESIA
    UNCONFIRMED = "ESIA-007055"
    WRONG_ROLES = "ESIA-007060"
    WRONG_OBJECT_TYPE = "ESIA-007061"
    WRONG_USER_TYPE = "ESIA-007062"
    NOT_EMPLOYEE = "ESIA-007194"
    CLIENT_UNPROVED = "ESIA-008010"
    NO_CONSENT_TYPE = "ESIA-036700"
    UNKNOWN_CONSENT_TYPE = "ESIA-036701"
    NO_OBLIGATORY_SCOPE = "ESIA-036702"
    PERMISSION_SCOPES = "ESIA-036703"
    FORBIDDEN_SCOPES = "ESIA-036704"
    NO_ACTION = "ESIA-036705"
    UNKNOWN_ACTION = "ESIA-036706"
    NO_PURPOSE = "ESIA-036707"
    WRONG_EXPIRE = "ESIA-036716"
    UNKNOWN_PURPOSE = "ESIA-036726"
    ONE_PURPOSE = "ESIA-036727"


@dataclass(frozen=True, slots=True)
class Answer:
    """What ESIA says with a code."""

    error: str
    text: str
    observed: bool = False


ANSWERS: Final = {
    Code.NO_CERTIFICATE: Answer(
        "unauthorized_client", "No certificate is registered for the client system."
    ),
    Code.WRONG_PARAMETER: Answer(
        "invalid_request", "The request contains a wrong or repeated parameter."
    ),
    Code.DENIED: Answer(
        "access_denied",
        "The resource owner or authorization server denied the request.",
        observed=True,
    ),
    Code.CLIENT_REFUSED: Answer(
        "unauthorized_client",
        "The client is not authorized to request an access token using this method.",
        observed=True,
    ),
    Code.UNKNOWN_SCOPE: Answer(
        "invalid_scope", "The requested scope is invalid, unknown, or malformed."
    ),
    Code.SERVER_ERROR: Answer("server_error", "The server met an unexpected condition."),
    Code.OVERLOADED: Answer(
        "temporarily_unavailable", "The server is overloaded or under maintenance."
    ),
    Code.RESPONSE_TYPE: Answer("unsupported_response_type", "The response type is not supported."),
    Code.BAD_GRANT: Answer(
        "invalid_grant",
        "The authorization code or refresh token is invalid, expired, revoked or not yours.",
    ),
    Code.GRANT_TYPE: Answer("unsupported_grant_type", "The grant type is not supported."),
    Code.NO_SCOPE: Answer("invalid_scope", "The request names no scope."),
    Code.MISSING: Answer(
        "invalid_request", "The request doesn`t contain the mandatory parameter", observed=True
    ),
    Code.WRONG_TIME: Answer("invalid_request", "The time of the request is wrong."),
    Code.SCOPE_NOT_ALLOWED: Answer("access_denied", "OAuthErrorEnum.noGrants"),
    Code.REDIRECT_URI: Answer(
        "invalid_request", "The redirect_uri is not among those allowed to the client."
    ),
    Code.UNREADABLE: Answer("invalid_request", "The parameters cannot be read."),
    Code.NO_CHALLENGE: Answer(
        "invalid_grant", "A code_verifier came for a code that was asked without code_challenge."
    ),
    Code.WRONG_VERIFIER: Answer("invalid_grant", "The code_verifier does not fit."),
    Code.NO_ONE_TIME_CODE: Answer(
        "access_denied", "A one-time code is demanded but cannot be sent."
    ),
    Code.WRONG_SECRET: Answer("access_denied", "OAuthErrorEnum.clientSecretWrong", observed=True),
    Code.UNCONFIRMED: Answer("access_denied", "The account is not confirmed."),
    Code.WRONG_ROLES: Answer("invalid_request", "The parameter roles is wrong."),
    Code.WRONG_OBJECT_TYPE: Answer("invalid_request", "The parameter obj_type is wrong."),
    Code.WRONG_USER_TYPE: Answer("access_denied", "The user is of another type or role."),
    Code.NOT_EMPLOYEE: Answer(
        "access_denied", "The user is not an employee of the organisation that the scope names."
    ),
    Code.CLIENT_UNPROVED: Answer("invalid_client", "The client system is not authenticated."),
    Code.NO_CONSENT_TYPE: Answer("invalid_request", "permissions: no consent type."),
    Code.UNKNOWN_CONSENT_TYPE: Answer("invalid_request", "permissions: unknown consent type."),
    Code.NO_OBLIGATORY_SCOPE: Answer("invalid_scope", "permissions: an obligatory scope lacks."),
    Code.PERMISSION_SCOPES: Answer("invalid_scope", "permissions: scopes out of range."),
    Code.FORBIDDEN_SCOPES: Answer("invalid_scope", "permissions: forbidden scopes."),
    Code.NO_ACTION: Answer("invalid_request", "permissions: no action."),
    Code.UNKNOWN_ACTION: Answer("invalid_request", "permissions: unknown action."),
    Code.NO_PURPOSE: Answer("invalid_request", "permissions: no purpose."),
    Code.WRONG_EXPIRE: Answer("invalid_request", "permissions: wrong expire."),
    Code.UNKNOWN_PURPOSE: Answer("invalid_request", "permissions: unknown purpose."),
    Code.ONE_PURPOSE: Answer("invalid_request", "permissions: exactly one purpose is expected."),
}
