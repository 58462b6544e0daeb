"""The two grants of ESIA v1 on top of Authlib: authorization code and refresh token."""

# ruff: noqa: D102 - what these methods promise is documented by Authlib
# Authlib ships no types: its classes are unknown to the checker.
# pyright: reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportUnknownArgumentType=false
# pyright: reportMissingParameterType=false, reportIncompatibleMethodOverride=false
from dataclasses import replace
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

from authlib.oauth2.rfc6749 import errors, grants

from esia_sim import claims
from esia_sim.adapter import AUTH_METHOD, RegisteredClient
from esia_sim.people import Person, State
from esia_sim.records import Grant, Session
from esia_sim.store import World


class _Tokens:
    """Tokens as ESIA writes them, for whatever grant is being redeemed."""

    request: Any
    server: Any
    TOKEN_ENDPOINT_AUTH_METHODS = (AUTH_METHOD,)

    @property
    def world(self) -> World:
        return self.server.world

    def issue(self, grant: Grant, person: Person) -> dict[str, object]:
        answer = claims.token_answer(self.world, grant, person)
        if grant.offline:
            answer["refresh_token"] = self._refresh_token(grant)
        return answer | {"state": self.request.payload.state}

    def find_person(self, grant: Grant) -> Person | None:
        person = self.world.people.get(grant.person_key)
        return person if person and person.state is State.ACTIVE else None

    def _refresh_token(self, grant: Grant) -> str:
        token = str(uuid4())
        until = self.world.after(self.world.config.limits.refresh_token_seconds)
        self.world.refreshes.put(token, replace(grant, expires_at=until))
        return token


class CodeGrant(_Tokens, grants.AuthorizationCodeGrant):
    """A code that is a JWT and works once."""

    def generate_authorization_code(self) -> str:
        session: Session = self.request.user
        return claims.authorization_code(self.world, self.request.payload.client_id, session)

    def save_authorization_code(self, code: str, request: Any) -> None:
        session: Session = request.user
        params: dict[str, str] = request.payload.data
        self.world.codes.put(
            code,
            Grant(
                client_id=params["client_id"],
                person_key=session.person_key,
                scope=params["scope"],
                redirect_uri=params["redirect_uri"],
                offline=params.get("access_type") == "offline",
                sid=session.sid,
                ways=session.ways,
                auth_time=session.auth_time,
                expires_at=self.world.after(self.world.config.limits.code_seconds),
            ),
        )

    def query_authorization_code(self, code: str, client: RegisteredClient) -> Grant | None:
        grant = self.world.codes.get(code)
        if grant is None or grant.client_id != client.client_id:
            return None
        # Taken at its first showing by its own client, so that a failed exchange burns it too.
        self.world.codes.take(code)
        return grant

    def validate_token_request(self) -> None:
        self._undo_double_encoding()
        super().validate_token_request()

    def delete_authorization_code(self, authorization_code: Grant) -> None:
        """The code was taken when it was shown."""

    def authenticate_user(self, authorization_code: Grant) -> Person | None:
        return self.find_person(authorization_code)

    def generate_token(self, user: Person, **_: object) -> dict[str, object]:
        return self.issue(self.request.authorization_code, user)

    def _undo_double_encoding(self) -> None:
        # Some integrators encode redirect_uri twice (esia-protocol.md §3.1).
        params: dict[str, str] = self.request.payload.data
        grant = self.world.codes.get(params.get("code"))
        if grant and unquote(params["redirect_uri"]) == grant.redirect_uri:
            params["redirect_uri"] = grant.redirect_uri


class RefreshGrant(_Tokens, grants.RefreshTokenGrant):
    """A refresh token that works once and is answered with a new one."""

    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> Grant | None:
        grant = self.world.refreshes.get(refresh_token)
        if grant is None or grant.client_id != self.request.payload.client_id:
            return None
        return grant

    def authenticate_user(self, refresh_token: Grant) -> Person:
        person = self.find_person(refresh_token)
        if person is None:
            raise errors.InvalidGrantError
        return person

    def issue_token(self, user: Person, refresh_token: Grant) -> dict[str, object]:
        return self.issue(refresh_token, user)

    def revoke_old_credential(self, refresh_token: Grant) -> None:  # noqa: ARG002 - Authlib's
        self.world.refreshes.take(self.request.payload.data["refresh_token"])
