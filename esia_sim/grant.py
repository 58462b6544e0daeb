"""What a person let a client system have."""

from dataclasses import dataclass, field
from datetime import datetime

from esia_sim.clients import Client
from esia_sim.records import Way


@dataclass(slots=True, kw_only=True)
class Grant:
    """What a person let a client have; a code or a refresh token stands for it.

    `challenge` holds the PKCE parameters of the authorization request, `nonce` that of OIDC.
    """

    client_id: str
    person_key: str
    scope: str
    redirect_uri: str
    offline: bool
    sid: str
    ways: tuple[Way, ...]
    auth_time: datetime
    expires_at: datetime
    scope_org: str = ""
    challenge: dict[str, str] = field(default_factory=dict[str, str])
    nonce: str | None = None

    def get_redirect_uri(self) -> str:
        """Return the address of the authorization request, for Authlib."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """Return the scope, for Authlib."""
        return self.scope

    def check_client(self, client: Client) -> bool:
        """Tell whether the client is the one this was given to, for Authlib."""
        return client.client_id == self.client_id
