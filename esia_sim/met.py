"""Which pages and addresses meet expectations by their path; the others ask `meet` themselves.

A page with a form meets one when a person sends the form, not when it is shown.
"""

import functools
from collections.abc import Iterable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esia_sim import browser
from esia_sim.control_calls import Handler
from esia_sim.expectations import meet
from esia_sim.wire import world_of

# the longest that fits counts; `login` itself knows the person and asks for itself
_BY_PATH: Final = {
    "/login/letter": "letter",
    "/login/code": "code",
    "/login/step-up": "code",
    "/login/sms/code": "code",
    "/login/sms": "login_sms",
    "/login/app": "login_app",
    "/login/biometrics": "login_app",
    "/login/qr": "login_app",
    "/login/wait": "login_app",
    "/login/signature": "login_signature",
    "/login/consent": "consent",
    "/registration": "registration",
    "/recovery": "recovery",
    "/email": "link",
    "/profile": "profile",
    "/support": "support",
    "/services": "portal",
    "/agreement": "portal",
    "/privacy": "portal",
    "/ca.": "authority",
    "/public/": "keys",
    "/oidc/jwks": "keys",
    "/.well-known/": "discovery",
    "/oidc/userinfo": "userinfo",
    "/oidc/revoke": "revoke",
    "/oidc/introspect": "introspect",
}


def name_of(path: str) -> str | None:
    """Return what the endpoint at a path is called in an expectation."""
    if path == "/":
        return "portal"
    fitting = [begin for begin in _BY_PATH if path.startswith(begin)]
    return _BY_PATH[max(fitting, key=len)] if fitting else None


def meeting(routes: Iterable[BaseRoute]) -> list[BaseRoute]:
    """Return the routes; those that the table names meet expectations first."""
    listed = list(routes)
    plain = [one for one in listed if isinstance(one, Route)]
    with_form = {one.path for one in plain if "POST" in (one.methods or ())}
    return [_meeting(one, with_form) if isinstance(one, Route) else one for one in listed]


def _meeting(route: Route, with_form: set[str]) -> BaseRoute:
    name, methods = name_of(route.path), route.methods or set[str]()
    is_shown_only = route.path in with_form and "POST" not in methods
    if name is None or is_shown_only:
        return route
    return Route(route.path, _met(route.endpoint, name), methods=list(methods))


def _met(handler: Handler, name: str) -> Handler:
    @functools.wraps(handler)
    async def met(request: Request) -> Response:
        world, attempt = world_of(request), browser.attempt_of(request)
        session = browser.session_of(request)
        known = (attempt.person_key if attempt else None, session and session.person_key)
        client = (attempt.request or {}).get("client_id") if attempt else None
        await meet(world, name, person=known[0] or known[1], client=client)
        return await handler(request)

    return met
