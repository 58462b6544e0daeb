"""`/phone/<person>`: the person's phone, where SMS and letters arrive live."""

from collections.abc import AsyncIterator
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from esia_sim import logins, pages, push, texts
from esia_sim.errors import PageError, Reason
from esia_sim.people import Person
from esia_sim.store import World
from esia_sim.wire import read_form, world_of

_SHOWN = 30
_PING_SECONDS = 15
_LONGEST_CURSOR = 15
_LONGEST_CODE = 40


async def show(request: Request) -> Response:
    """Show the phone with its newest messages."""
    return _screen(request)


async def scan(request: Request) -> Response:
    """Take the short code of a QR code, typed or scanned: the phone then asks its person."""
    world, person = world_of(request), _person(request)
    form = dict(await read_form(request))
    if push.scan(world, person, form.get("code", "")[:_LONGEST_CODE]):
        return RedirectResponse(f"/phone/{person.key}", 303)
    return _screen(request, problem=texts.NO_SUCH_QR)


async def choose(request: Request) -> Response:
    """Ask whose phone has scanned a QR code: a camera cannot tell."""
    world = world_of(request)
    return pages.render(
        request,
        "qr.html",
        code=request.path_params["code"][:_LONGEST_CODE],
        people=[one for one in world.cast.people if one.key in world.people and one.has_app],
    )


def _screen(request: Request, *, problem: str | None = None) -> Response:
    world, person = world_of(request), _person(request)
    found = world.inbox.find(to=_addresses(world, person))
    return pages.render(
        request,
        "phone.html",
        person=person,
        messages=found[: -_SHOWN - 1 : -1],
        pushes={one.push: world.pushes.get(one.push) for one in found if one.push},
        problem=problem,
        cursor=world.inbox.cursor,
        now=world.clock.now(),
    )


async def events(request: Request) -> Response:
    """Stream a server-sent event for each new message; the page then asks for itself again."""
    person = _person(request)
    if request.method == "HEAD":
        return Response(media_type="text/event-stream")
    since = request.headers.get("Last-Event-ID") or request.query_params.get("since", "")
    world = world_of(request)
    cursor = (
        int(since) if since.isdecimal() and len(since) <= _LONGEST_CURSOR else world.inbox.cursor
    )
    return StreamingResponse(_stream(world, person, cursor), media_type="text/event-stream")


async def _stream(world: World, person: Person, cursor: int) -> AsyncIterator[str]:
    yield "retry: 1000\n\n"
    while not world.inbox.is_closed:
        found = await world.inbox.wait(
            to=_addresses(world, person), channel=None, since=cursor, seconds=_PING_SECONDS
        )
        if found:
            cursor = found[-1].cursor
            yield f"id: {cursor}\nevent: message\ndata: {len(found)}\n\n"
        else:
            yield ": still here\n\n"


def _addresses(world: World, person: Person) -> frozenset[str]:
    """What comes to this phone: also codes for a contact that she is just changing to."""
    new = (one.value for one in world.contact_changes if one.person_key == person.key)
    return logins.contacts_of(person).union(one for one in new if not world.person_by_login(one))


def _person(request: Request) -> Person:
    person = world_of(request).person(request.path_params["person"])
    if person is None:
        raise PageError(404, Reason.NOT_FOUND)
    return person


ROUTES: Final[list[BaseRoute]] = [
    Route("/phone/{person}", show),
    Route("/phone/{person}/events", events),
    Route("/phone/{person}/qr", scan, methods=["POST"]),
    Route("/qr/{code}", choose),
    *push.ROUTES,
]
