"""What the browser holds for us: the cookie of the session and that of the attempt to sign in."""

from starlette.requests import Request
from starlette.responses import Response

from esia_sim.records import Attempt, Session
from esia_sim.store import World
from esia_sim.wire import world_of

_SESSION = "esia"
_ATTEMPT = "esia_attempt"


def session_of(request: Request) -> Session | None:
    """Return the session of this browser, if it is alive and its person still exists."""
    world = world_of(request)
    session = world.sessions.get(request.cookies.get(world.config.cookie(_SESSION)))
    return session if session and session.person_key in world.people else None


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
    world = world_of(request)
    return world.attempts.get(request.cookies.get(world.config.cookie(_ATTEMPT)))


def remember_attempt(world: World, response: Response, attempt: Attempt) -> None:
    """Bind an attempt to this browser."""
    if world.attempts.get(attempt.token):
        _set(world, response, world.config.cookie(_ATTEMPT), attempt.token)


def forget_attempt(world: World, response: Response) -> None:
    """Take the attempt's cookie away."""
    _clear(world, response, world.config.cookie(_ATTEMPT))


def _set(world: World, response: Response, name: str, value: str) -> None:
    response.set_cookie(
        name, value, path="/", secure=world.config.is_secure, httponly=True, samesite="lax"
    )


def _clear(world: World, response: Response, name: str) -> None:
    response.delete_cookie(
        name, path="/", secure=world.config.is_secure, httponly=True, samesite="lax"
    )
