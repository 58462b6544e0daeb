"""ESIA's grants on top of Authlib: authorization code, refresh token, client credentials."""

# ruff: noqa: D102 - what these methods promise is documented by Authlib
# Authlib ships no types: its classes are unknown to the checker.
# pyright: reportMissingTypeStubs=false, reportUntypedBaseClass=false
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownParameterType=false, reportUnknownArgumentType=false
# pyright: reportMissingParameterType=false, reportIncompatibleMethodOverride=false
from collections.abc import Collection
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from authlib.oauth2.rfc6749 import errors, grants

from esia_sim import claims, consents, pkce, relations, scopes
from esia_sim.adapter import AUTH_METHOD, RegisteredClient
from esia_sim.errors import Code, EsiaError
from esia_sim.grant import Grant
from esia_sim.people import Person, State
from esia_sim.records import Session
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
        state: str | None = self.request.payload.state
        return answer | ({"state": state} if state else {})

    def find_person(self, grant: Grant) -> Person | None:
        person = self.world.people.get(grant.person_key)
        return person if person and person.state is State.ACTIVE else None

    def _refresh_token(self, grant: Grant) -> str:
        token = self.world.chance.uuid()
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
                scope=params.get("scope", ""),
                scope_org=params.get("scope_org", ""),
                redirect_uri=params["redirect_uri"],
                offline=self._access_type(params) == "offline",
                challenge={
                    name: params[name] for name in (pkce.CHALLENGE, pkce.METHOD) if name in params
                },
                nonce=params.get("nonce"),
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
        verifier = self.request.payload.data.get(pkce.VERIFIER)
        asked = self.request.authorization_code.challenge
        pkce.check_verifier(asked, verifier, self.world.config.assumed)

    def delete_authorization_code(self, authorization_code: Grant) -> None:
        """The code was taken when it was shown."""

    def authenticate_user(self, authorization_code: Grant) -> Person | None:
        return self.find_person(authorization_code)

    def generate_token(self, user: Person, **_: object) -> dict[str, object]:
        return self.issue(self.request.authorization_code, user)

    def _access_type(self, params: dict[str, str]) -> str:
        return params.get("access_type", self.world.config.assumed.default_access_type)

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
        if self.world.config.assumed.refresh_rotates:
            self.world.refreshes.take(self.request.payload.data["refresh_token"])


class SystemGrant(_Tokens, grants.ClientCredentialsGrant):
    """A token of the system itself: for organisations, or for a person who agreed (`prm_chg`)."""

    def validate_requested_scope(self) -> None:
        """Scopes are checked when the token is written; Authlib does not know their form."""

    def create_token_response(self) -> tuple[int, dict[str, object], Collection[tuple[str, str]]]:
        params: dict[str, str] = self.request.payload.data
        asked = params.get("scope", "").split()
        if not asked:
            raise EsiaError(Code.NO_SCOPE)
        changes = all(scopes.bare(name) == scopes.CHANGE_OF_CONSENT for name in asked)
        answer = self._for_person(asked) if changes else self._for_organisations(asked)
        return 200, answer | {"state": params["state"]}, self.TOKEN_RESPONSE_HEADER

    def _for_organisations(self, asked: list[str]) -> dict[str, object]:
        client = self.request.client.client
        if not all(scopes.bare(name) in scopes.OF_ORGANISATIONS for name in asked):
            raise EsiaError(Code.UNKNOWN_SCOPE)
        if not client.scopes.issuperset(scopes.bare(name) for name in asked):
            raise EsiaError(Code.SCOPE_NOT_ALLOWED)
        if not all(relations.organisation(self.world, scopes.organisation(name)) for name in asked):
            raise EsiaError(Code.NOT_EMPLOYEE)
        return claims.system_answer(self.world, client.client_id, " ".join(asked))

    def _for_person(self, asked: list[str]) -> dict[str, object]:
        client_id: str = self.request.client.client_id
        person = self.world.person(scopes.owner(asked[0]))
        let = consents.open_to(self.world, person, client_id) if person else None
        if person is None or let is None or person.state is not State.ACTIVE:
            raise EsiaError(Code.SCOPE_NOT_ALLOWED)
        now = self.world.clock.now()
        grant = Grant(
            client_id=client_id,
            person_key=person.key,
            scope=" ".join(sorted(let)),
            redirect_uri="",
            offline=False,
            sid=self.world.chance.uuid(),
            ways=(),
            auth_time=now,
            expires_at=now,
        )
        return claims.token_answer(self.world, grant, person)
