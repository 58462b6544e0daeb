"""What a stand remembers for a while: sessions, attempts to sign in, grants, failures."""

from dataclasses import dataclass
from datetime import datetime

from esia_sim.clients import Client


@dataclass(slots=True)
class Session:
    """A person who is signed in with both factors, in one browser."""

    sid: str
    person_key: str
    auth_time: datetime
    expires_at: datetime


@dataclass(slots=True, kw_only=True)
class OneTimeCode:
    """A code that was sent: its HOTP secret and counter, and what is left of it."""

    secret: str
    counter: int
    tries_left: int
    sent_at: datetime


@dataclass(slots=True, kw_only=True)
class Attempt:
    """One way through the sign-in pages, bound to a browser by its cookie.

    `token` is the cookie's value; `form_token` stands in the forms, so that no other page can post.
    `request` holds the checked parameters of `/aas/oauth2/ac`, None when the portal was entered.
    """

    token: str
    form_token: str
    request: dict[str, str] | None
    expires_at: datetime
    person_key: str | None = None
    code: OneTimeCode | None = None


@dataclass(slots=True, kw_only=True)
class Grant:
    """What a person let a client have; a code or a refresh token stands for it."""

    client_id: str
    person_key: str
    scope: str
    redirect_uri: str
    offline: bool
    sid: str
    auth_time: datetime
    expires_at: datetime

    def get_redirect_uri(self) -> str:
        """Return the address of the authorization request, for Authlib."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """Return the scope, for Authlib."""
        return self.scope

    def check_client(self, client: Client) -> bool:
        """Tell whether the client is the one this was given to, for Authlib."""
        return client.client_id == self.client_id


@dataclass(slots=True)
class Failures:
    """Wrong passwords and codes in a row of one login."""

    count: int
    expires_at: datetime
