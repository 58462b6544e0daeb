"""`/idp/ext/Logout`: the ESIA session ends and the browser goes back to the client system.

An address that is not the client's own leads to the portal instead (an assumption: what ESIA does
then is not published). A client of kind `oidc` names it as OpenID Connect RP-Initiated Logout does.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esia_sim import browser
from esia_sim.clients import Kind
from esia_sim.expectations import meet
from esia_sim.signing import TokenError
from esia_sim.store import World
from esia_sim.wire import world_of


async def leave(request: Request) -> Response:
    """Sign the browser out of ESIA."""
    world = world_of(request)
    await meet(world, "logout")
    asked = request.query_params
    client = world.clients.get(asked.get("client_id") or _hinted(world, asked))
    address = asked.get("redirect_url", "")
    known = client is not None and client.may_return_to(address)
    if client and client.kind is Kind.OIDC and "post_logout_redirect_uri" in asked:
        address = asked["post_logout_redirect_uri"]
        known = client.may_sign_out_to(address)
        state = urlencode({"state": asked["state"]}) if asked.get("state") else ""
        address += f"{'&' if '?' in address else '?'}{state}" if state else ""
    response = RedirectResponse(address if known else "/", 302)
    browser.sign_out(request, response)
    browser.forget_attempt(world, response)
    return response


def _hinted(world: World, asked: Mapping[str, str]) -> str:
    """Return whom an id_token of ours was written for; it may be past its time by now."""
    try:
        return str(world.keys.read(None, asked.get("id_token_hint", "")).get("aud", ""))
    except TokenError:
        return ""
