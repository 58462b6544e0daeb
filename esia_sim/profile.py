"""`/profile` («Личный кабинет»): the person's data, level, ways in, sign-ins and consents."""

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser, devices, email_links, pages, permission_texts, portal_texts, scopes
from esia_sim.people import Person
from esia_sim.records import Consent
from esia_sim.store import World
from esia_sim.wire import world_of


async def show(request: Request) -> Response:
    """Show everything about the person who is signed in."""
    session, person = browser.signed_in(request)
    world = world_of(request)
    live = {one.sid for one in world.sessions if one.person_key == person.key}
    return pages.render(
        request,
        "profile.html",
        token=session.form_token,
        person=person,
        children=[world.people[key] for key in person.children if key in world.people],
        sign_ins=[
            (one, devices.in_words(one.agent), portal_texts.ways(one.ways), one.sid in live)
            for one in reversed(world.sign_ins.get(person.key, ()))
        ],
        this_sid=session.sid,
        consents=_consents(world, person),
        level=portal_texts.LEVELS[person.level],
        notice=portal_texts.PROFILE_NOTICES.get(request.query_params.get("done", "")),
    )


async def withdraw(request: Request) -> Response:
    """Withdraw a consent: the system has to ask again, and its tokens are renewed no more."""
    _, person, form = await browser.read_own(request)
    world, client_id = world_of(request), form.get("client", "")
    world.consents.pop((person.key, client_id), None)
    for shelf in (world.codes, world.refreshes):
        shelf.drop_where(person_key=person.key, client_id=client_id)
    return RedirectResponse("/profile?done=withdrawn", 303)


async def end_session(request: Request) -> Response:
    """End one of the person's sessions."""
    _, person, form = await browser.read_own(request)
    world_of(request).sessions.drop_where(person_key=person.key, sid=form.get("sid", ""))
    return RedirectResponse("/profile?done=ended", 303)


async def send_letter(request: Request) -> Response:
    """Send the letter that confirms the e-mail address again."""
    _, person, _ = await browser.read_own(request)
    world = world_of(request)
    pause = world.config.limits.sms_resend_seconds
    may_send = world.may_send(f"letter:{person.key}", pause_seconds=pause)
    if person.email and not person.email_verified and may_send:
        email_links.send(world, person)
    return RedirectResponse("/profile?done=letter", 303)


def _consents(world: World, person: Person) -> list[tuple[str, str, object, list[str]]]:
    return [
        (
            client_id,
            world.clients[client_id].name,
            given.at,
            _titles(given),
        )
        for (key, client_id), given in world.consents.items()
        if key == person.key and client_id in world.clients
    ]


def _titles(given: Consent) -> list[str]:
    lent = [permission_texts.on_one_line(one) for one in given.lent.values()]
    return [title for name, title in scopes.TITLES.items() if name in given.scopes] + lent


ROUTES: Final[list[BaseRoute]] = [
    Route("/profile", show),
    Route("/profile/withdraw", withdraw, methods=["POST"]),
    Route("/profile/end", end_session, methods=["POST"]),
    Route("/profile/letter", send_letter, methods=["POST"]),
]
