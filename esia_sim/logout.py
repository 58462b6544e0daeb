"""`/idp/ext/Logout`: the ESIA session ends and the browser goes back to the client system.

An address that is not the client's own leads to the portal instead (an assumption: what ESIA does
then is not published).
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from esia_sim import browser
from esia_sim.expectations import meet
from esia_sim.wire import world_of


async def leave(request: Request) -> Response:
    """Sign the browser out of ESIA."""
    world = world_of(request)
    await meet(world, "logout")
    client = world.clients.get(request.query_params.get("client_id", ""))
    address = request.query_params.get("redirect_url", "")
    known = client is not None and client.may_return_to(address)
    response = RedirectResponse(address if known else "/", 302)
    browser.sign_out(request, response)
    browser.forget_attempt(world, response)
    return response
