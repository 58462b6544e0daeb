"""The application of a stand: the route table and the one error exit."""

from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from esia_sim import (
    authorize,
    catalogue,
    chat,
    consent,
    contacts,
    control,
    control_clock,
    control_codes,
    control_expectations,
    control_fidelity,
    control_gates,
    control_messages,
    control_support,
    control_tape,
    control_tokens,
    control_worlds,
    desk,
    email_links,
    gallery,
    logout,
    oidc,
    openapi,
    persons,
    phone,
    portal,
    profile,
    public_keys,
    push,
)
from esia_sim import token as token_endpoint
from esia_sim.clock import Clock
from esia_sim.config import Config
from esia_sim.control_calls import guarded
from esia_sim.door import Door
from esia_sim.guard import Guard
from esia_sim.met import meeting
from esia_sim.recovery import pages as recovery_pages
from esia_sim.recovery import support
from esia_sim.refusals import EXITS
from esia_sim.registration import pages as registration_pages
from esia_sim.sign_in import app as phone_app
from esia_sim.sign_in import code, password, signature, sms
from esia_sim.store import World
from esia_sim.taping import Taping
from esia_sim.worlds import Worlds

_PROTOCOL: Final[list[BaseRoute]] = [
    Route("/aas/oauth2/ac", authorize.begin, methods=["GET", "POST"]),
    Route("/aas/oauth2/v2/ac", authorize.begin, methods=["GET", "POST"]),
    Route("/aas/oauth2/te", token_endpoint.exchange, methods=["POST"]),
    Route("/aas/oauth2/v3/te", token_endpoint.exchange, methods=["POST"]),
    Route("/rs/{path:path}", persons.answer),
    Route("/idp/ext/Logout", logout.leave),
    Route("/public/esia.zip", public_keys.archive),
    *oidc.ROUTES,
]
_PAGES: Final[list[BaseRoute]] = [
    *portal.ROUTES,
    *catalogue.ROUTES,
    *contacts.ROUTES,
    *profile.ROUTES,
    *chat.ROUTES,
    *password.ROUTES,
    *code.ROUTES,
    *sms.ROUTES,
    *phone_app.ROUTES,
    *signature.ROUTES,
    *registration_pages.ROUTES,
    *recovery_pages.ROUTES,
    *support.ROUTES,
    *email_links.ROUTES,
    *consent.ROUTES,
    *phone.ROUTES,
    Mount("/static", StaticFiles(directory=Path(__file__).with_name("static"))),
]
_CONTROL: Final[list[BaseRoute]] = [
    Route("/_sim/health", control.health),
    Route("/_sim/people", guarded(control.list_people)),
    Route("/_sim/people", guarded(control.add_person), methods=["POST"]),
    Route("/_sim/people/{person}", guarded(control.show_person)),
    Route("/_sim/people/{person}", guarded(control.change_person), methods=["PATCH"]),
    Route("/_sim/people/{person}", guarded(control.remove_person), methods=["DELETE"]),
    Route("/_sim/messages", guarded(control_messages.read)),
    Route("/_sim/messages", guarded(control_messages.send), methods=["POST"]),
    Route("/_sim/messages", guarded(control_messages.forget), methods=["DELETE"]),
    Route("/_sim/people/{person}/totp", guarded(control_codes.show_totp)),
    Route("/_sim/sessions", guarded(control.open_session), methods=["POST"]),
    Route("/_sim/clients", guarded(control.list_clients)),
    Route("/_sim/clients", guarded(control.add_client), methods=["POST"]),
    Route("/_sim/keys/rotate", guarded(public_keys.rotate), methods=["POST"]),
    Route("/_sim/push/{push}", guarded(push.answer_by_control), methods=["POST"]),
    Route("/_sim/conversations", guarded(control_support.list_conversations)),
    Route("/_sim/conversations/{number}", guarded(control_support.answer), methods=["POST"]),
    Route("/_sim/expectations", guarded(control_expectations.show)),
    Route("/_sim/expectations", guarded(control_expectations.add), methods=["POST"]),
    Route("/_sim/expectations", guarded(control_expectations.forget), methods=["DELETE"]),
    Route("/_sim/expectations/verify", guarded(control_expectations.verify), methods=["POST"]),
    Route("/_sim/gates/{gate}", guarded(control_gates.show)),
    Route("/_sim/gates/{gate}/release", guarded(control_gates.release), methods=["POST"]),
    Route("/_sim/gates/{gate}/drop", guarded(control_gates.drop), methods=["POST"]),
    Route("/_sim/gallery", guarded(gallery.show)),
    Route("/_sim/fidelity", guarded(control_fidelity.show)),
    Route("/_sim/fidelity/verify", guarded(control_fidelity.verify), methods=["POST"]),
    Route("/_sim/requests", guarded(control_tape.show)),
    Route("/_sim/tokens", guarded(control_tokens.mint), methods=["POST"]),
    Route("/_sim/clock", guarded(control_clock.show)),
    Route("/_sim/clock", guarded(control_clock.change), methods=["POST"]),
    Route("/_sim/reset", guarded(control.reset), methods=["POST"]),
    Route("/_sim/worlds", guarded(control_worlds.show)),
    Route("/_sim/worlds", guarded(control_worlds.add), methods=["POST"]),
    Route("/_sim/worlds/{world}", guarded(control_worlds.remove), methods=["DELETE"]),
    Route("/logs/sms/", guarded(control_messages.sms_log)),
]
_DESK: Final[list[BaseRoute]] = [
    Route("/_sim/", desk.show),
    Route("/_sim/desk", desk.act, methods=["POST"]),
    Route("/_sim/key", desk.give_key, methods=["POST"]),
]


async def _describe(_: Request) -> Response:
    """Describe the control calls."""
    return JSONResponse(openapi.describe(_CONTROL))


def create_app(config: Config | None = None, clock: Clock | None = None) -> Starlette:
    """Make the application of one stand.

    Its first world is at `app.state.world`, the others at `app.state.worlds`. The clock may be
    given so that a test can move it.
    """
    first = World(config or Config(), clock)
    worlds = Worlds(first, _build)
    app = _build(first, worlds)
    app.add_middleware(Door, worlds=worlds)
    return app


def _build(world: World, worlds: Worlds) -> Starlette:
    app = Starlette(
        routes=[
            *meeting(_PROTOCOL),
            *meeting(_PAGES),
            *_DESK,
            Route("/_sim/openapi.json", _describe),
            *_CONTROL,
        ],
        middleware=[Middleware(Guard, config=world.config), Middleware(Taping, world=world)],
        exception_handlers=EXITS,
    )
    app.state.world, app.state.worlds = world, worlds
    app.state.server = token_endpoint.make_server(world)
    return app
