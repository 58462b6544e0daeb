"""`/`: the front page of the stand, with the way to the cabinet and the phones of the cast."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esia_sim import pages
from esia_sim.wire import world_of


async def show(request: Request) -> Response:
    """Show the front page."""
    world = world_of(request)
    return pages.render(
        request,
        "portal.html",
        people=[one for one in world.cast.people if one.key in world.people and one.login],
        password=world.cast.password,
    )


ROUTES: Final[list[BaseRoute]] = [
    Route("/", show),
]
