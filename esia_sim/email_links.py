"""Confirmation of an e-mail address by a link in a letter.

Opening the link shows a button: programs that only look at letters confirm nothing.
"""

from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esia_sim import pages, texts
from esia_sim.errors import PageError, Reason
from esia_sim.people import Person
from esia_sim.records import EmailLink
from esia_sim.store import World
from esia_sim.wire import world_of


def send(world: World, person: Person) -> None:
    """Send a letter with a link that confirms the person's address."""
    token = world.chance.token(24)
    until = world.after(world.config.limits.link_seconds)
    address = person.email or ""
    world.email_links.put(token, EmailLink(person.key, address, until))
    world.inbox.deliver(
        channel="email",
        to=address,
        text=texts.email_link(f"{world.config.base_url}/email/{token}"),
        subject="Подтвердите адрес почты",
        sender=texts.SENDER,
        at=world.clock.now(),
    )


async def show(request: Request) -> Response:
    """Show the address and the button that confirms it."""
    token = request.path_params["token"]
    link = world_of(request).email_links.get(token)
    if link is None:
        raise PageError(410, Reason.LINK_OVER)
    return pages.render(request, "email_link.html", address=link.address, token=token)


async def confirm(request: Request) -> Response:
    """Confirm the address, unless it has become another one since."""
    world = world_of(request)
    link = world.email_links.take(request.path_params["token"])
    person = world.people.get(link.person_key) if link else None
    if link is None or person is None or person.email != link.address:
        raise PageError(410, Reason.LINK_OVER)
    world.put_person(replace(person, email_verified=True))
    return pages.render(request, "email_link.html", address=link.address, token=None)


ROUTES: Final[list[BaseRoute]] = [
    Route("/email/{token}", show),
    Route("/email/{token}", confirm, methods=["POST"]),
]
