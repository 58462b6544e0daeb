"""How a client of kind `oidc` proves itself: its secret, in the header or in the form."""

import base64
import hmac
from urllib.parse import unquote_plus

from starlette.requests import Request

from esia_sim.clients import Client, Kind
from esia_sim.errors import Code, EsiaError
from esia_sim.store import World
from esia_sim.wire import Params


def proved(world: World, request: Request, params: Params) -> Client:
    """Return the client that asks (`client_secret_basic` or `client_secret_post`).

    Raises:
        EsiaError: it is unknown, of another kind, or its secret is wrong.
    """
    name, secret = _basic(request) or (params.get("client_id", ""), params.get("client_secret", ""))
    client = world.clients.get(name)
    known = client.secret if client and client.kind is Kind.OIDC else None
    if client is None or known is None or not hmac.compare_digest(known.encode(), secret.encode()):
        raise EsiaError(Code.CLIENT_UNPROVED)
    return client


def _basic(request: Request) -> tuple[str, str] | None:
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError as error:
        raise EsiaError(Code.CLIENT_UNPROVED) from error
    return unquote_plus(name), unquote_plus(secret)
