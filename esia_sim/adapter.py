"""Authlib's framework-neutral authorization server under Starlette.

Authlib ships no integration with Starlette; this is all that it needs. Its core is synchronous:
parameters are read before it is called.
"""

# ruff: noqa: D102 - what these methods promise is documented by Authlib
# Authlib ships no types: its classes are unknown to the checker.
# pyright: reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportUnknownArgumentType=false
# pyright: reportMissingParameterType=false, reportIncompatibleMethodOverride=false
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from authlib.oauth2 import AuthorizationServer, OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749 import ClientMixin, errors
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from starlette.responses import JSONResponse, Response

from esia_sim.clients import Client
from esia_sim.errors import Code, EsiaError
from esia_sim.records import Session
from esia_sim.store import World
from esia_sim.versions import Version

AUTH_METHOD: Final = "esia_signature"
_CODES: Final[dict[type[OAuth2Error], Code]] = {
    errors.AccessDeniedError: Code.DENIED,
    errors.InvalidGrantError: Code.BAD_GRANT,
    errors.InvalidScopeError: Code.UNKNOWN_SCOPE,
    errors.UnauthorizedClientError: Code.CLIENT_REFUSED,
    errors.InvalidClientError: Code.CLIENT_REFUSED,
    errors.UnsupportedGrantTypeError: Code.GRANT_TYPE,
    errors.UnsupportedResponseTypeError: Code.RESPONSE_TYPE,
    errors.InvalidRequestError: Code.WRONG_PARAMETER,
}


class ParsedRequest(OAuth2Request):
    """A request whose parameters were read from query and form before."""

    def __init__(
        self,
        params: dict[str, str],
        version: Version = Version.V1,
        proved: Client | None = None,
    ) -> None:
        # Authlib wants https here; on a stand TLS is the business of a proxy in front.
        super().__init__("POST", "https://esia.invalid/")
        self.params = params
        self.version = version
        self.proved = proved
        self.payload = BasicOAuth2Payload(params)

    @property
    def args(self) -> dict[str, str]:
        return self.params

    @property
    def form(self) -> dict[str, str]:
        return self.params


class RegisteredClient(ClientMixin):
    """A client system as Authlib asks about it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.client_id = client.client_id

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(name for name in scope.split() if name in self.client.scopes)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return self.client.may_return_to(redirect_uri)

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == AUTH_METHOD and endpoint == "token"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type in {"authorization_code", "refresh_token", "client_credentials"}


class EsiaServer(AuthorizationServer):
    """Authlib's server over a world; every refusal leaves it as an `EsiaError`."""

    def __init__(
        self, world: World, check_client: Callable[[World, Mapping[str, str], Version], Client]
    ) -> None:
        super().__init__()
        self.world = world

        def authenticate(_query: object, request: ParsedRequest) -> RegisteredClient:
            proved = request.proved or check_client(world, request.params, request.version)
            return RegisteredClient(proved)

        self.register_client_auth_method(AUTH_METHOD, authenticate)

    def authorize(self, params: dict[str, str], session: Session | None) -> Response:
        """Answer an authorization request with a code, or, without a session, with a refusal."""
        request = ParsedRequest(params)
        grant: object = self.get_authorization_grant(request)
        answer = self.create_authorization_response(request, grant_user=session, grant=grant)
        return cast("Response", answer)

    def exchange(self, params: dict[str, str], version: Version) -> Response:
        """Answer a token request."""
        return cast("Response", self.create_token_response(ParsedRequest(params, version)))

    def exchange_proved(self, params: dict[str, str], client: Client) -> Response:
        """Answer a token request of a client that has proved itself otherwise."""
        request = ParsedRequest(params, proved=client)
        return cast("Response", self.create_token_response(request))

    def query_client(self, client_id: str) -> RegisteredClient | None:
        client = self.world.clients.get(client_id)
        return RegisteredClient(client) if client else None

    def save_token(self, token: Any, request: Any) -> None:
        """Keep nothing: access tokens prove themselves, refresh tokens are kept when made."""

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""

    def create_oauth2_request(self, request: ParsedRequest) -> ParsedRequest:
        return request

    def handle_response(
        self, status: int, body: object, headers: list[tuple[str, str]]
    ) -> Response:
        if isinstance(body, dict):
            return JSONResponse(body, status, dict(headers))
        return Response(status_code=status, headers=dict(headers))

    def handle_error_response(self, request: ParsedRequest, error: OAuth2Error) -> Response:
        raise EsiaError(
            _CODES.get(type(error), Code.SERVER_ERROR),
            redirect_uri=error.redirect_uri,
            state=request.params.get("state"),
        ) from error
