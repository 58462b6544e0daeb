"""Our system as ESIA knows it: which version of the protocol it speaks, where ESIA is."""

from dataclasses import dataclass
from pathlib import Path

from zdrav29_app.settings import EsiaProtocol

_AUTHORIZE = {EsiaProtocol.V1: "/aas/oauth2/ac", EsiaProtocol.V2: "/aas/oauth2/v2/ac"}
_TOKEN = {EsiaProtocol.V1: "/aas/oauth2/te", EsiaProtocol.V2: "/aas/oauth2/v3/te"}


@dataclass(frozen=True)
class EsiaClient:
    """Addresses carry no trailing slash; the two certificates and the key are PEM files."""

    url: str
    issuer: str
    client_id: str
    redirect_uri: str
    key: Path
    certificate: Path
    esia_certificate: Path
    protocol: EsiaProtocol = EsiaProtocol.V1

    @property
    def authorize_url(self) -> str:
        """Where the browser is sent to."""
        return self.url + _AUTHORIZE[self.protocol]

    @property
    def token_url(self) -> str:
        """Where a code becomes tokens."""
        return self.url + _TOKEN[self.protocol]
