"""`/idp/ext/Logout`: the ESIA session ends and the browser goes back to the client system.

An address that is not the client's own leads to the portal instead (an assumption: what ESIA does
then is not published). A client of kind `oidc` names it as OpenID Connect RP-Initiated Logout does.
"""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esia_sim import browser
from esia_sim.clients import Kind
from esia_sim.expectations import meet
from esia_sim.wire import world_of


async def leave(request: Request) -> Response:
    """Sign the browser out of ESIA."""
    world = world_of(request)
    await meet(world, "logout")
    asked = request.query_params
    client = world.clients.get(asked.get("client_id", ""))
    address = asked.get("redirect_url", "")
    if client and client.kind is Kind.OIDC and "post_logout_redirect_uri" in asked:
        state = urlencode({"state": asked["state"]}) if asked.get("state") else ""
        address = asked["post_logout_redirect_uri"]
        address += f"{'&' if '?' in address else '?'}{state}" if state else ""
    known = client is not None and client.may_return_to(address)
    response = RedirectResponse(address if known else "/", 302)
    browser.sign_out(request, response)
    browser.forget_attempt(world, response)
    return response
