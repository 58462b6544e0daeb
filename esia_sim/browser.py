"""What the browser holds for us: the cookie of the session and that of the attempt to sign in."""

import hmac
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from esia_sim.errors import PageError, Reason, SignInFirst
from esia_sim.people import Person
from esia_sim.records import Attempt, Session
from esia_sim.store import World
from esia_sim.wire import read_form, world_of

_SESSION = "esia"
_ATTEMPT = "esia_attempt"


def session_of(request: Request) -> Session | None:
    """Return the session of this browser, if it is alive and its person still exists."""
    return session_in(world_of(request), request.cookies)


def session_in(world: World, cookies: Mapping[str, str]) -> Session | None:
    """Return the session that some cookies hold, if it is alive and its person still exists."""
    session = world.sessions.get(cookies.get(world.config.cookie(_SESSION)))
    return session if session and session.person_key in world.people else None


def signed_in(request: Request) -> tuple[Session, Person]:
    """Return who is signed in here.

    Raises:
        SignInFirst: nobody is; the error exit leads through the sign-in pages and back here.
    """
    session = session_of(request)
    if session is None:
        raise SignInFirst(request.url.path if request.method == "GET" else "/")
    return session, world_of(request).people[session.person_key]


async def read_own(request: Request) -> tuple[Session, Person, dict[str, str]]:
    """Return who is signed in here and the form that she posted from a page of her own.

    Raises:
        SignInFirst: nobody is signed in.
        PageError: the form comes from another session.
    """
    form = dict(await read_form(request))
    session, person = signed_in(request)
    if not hmac.compare_digest(session.form_token.encode(), form.get("token", "").encode()):
        raise PageError(409, Reason.OLD_FORM)
    return session, person, form


def sign_in(request: Request, response: Response, value: str) -> None:
    """Give the browser the session with this value, ending the one that it had."""
    world = world_of(request)
    sign_out(request, response)
    _set(world, response, session_cookie(world), value)


def sign_out(request: Request, response: Response) -> None:
    """End the session of this browser."""
    world = world_of(request)
    name = session_cookie(world)
    world.sessions.take(request.cookies.get(name))
    _clear(world, response, name)


def session_cookie(world: World) -> str:
    """Return the name of the session's cookie on this stand."""
    return world.config.cookie(_SESSION)


def attempt_of(request: Request) -> Attempt | None:
    """Return the attempt that this browser is in the middle of."""
    return attempt_in(world_of(request), request.cookies)


def attempt_in(world: World, cookies: Mapping[str, str]) -> Attempt | None:
    """Return the attempt that some cookies hold, if it is alive."""
    return world.attempts.get(cookies.get(world.config.cookie(_ATTEMPT)))


def take_attempt(world: World, request: Request) -> Attempt | None:
    """Return the attempt that this browser is in the middle of, and forget it here."""
    return world.attempts.take(request.cookies.get(world.config.cookie(_ATTEMPT)))


def remember_attempt(world: World, response: Response, attempt: Attempt) -> None:
    """Bind an attempt to this browser."""
    if world.attempts.get(attempt.token):
        _set(world, response, world.config.cookie(_ATTEMPT), attempt.token)


def forget_attempt(world: World, response: Response) -> None:
    """Take the attempt's cookie away."""
    _clear(world, response, world.config.cookie(_ATTEMPT))


def read_cookie(request: Request, name: str) -> str:
    """Return the value of one of our cookies, or an empty text."""
    return request.cookies.get(world_of(request).config.cookie(name), "")


def set_cookie(
    world: World, response: Response, name: str, value: str, *, max_age: int | None = None
) -> None:
    """Give the browser one of our cookies, out of reach of scripts."""
    response.set_cookie(
        world.config.cookie(name),
        value,
        max_age=max_age,
        path="/",
        secure=world.config.is_secure,
        httponly=True,
        samesite="lax",
    )


def _set(world: World, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, path="/", secure=world.config.is_secure, httponly=True, samesite="lax"
    )


def _clear(world: World, response: Response, name: str) -> None:
    response.delete_cookie(
        name, path="/", secure=world.config.is_secure, httponly=True, samesite="lax"
    )
