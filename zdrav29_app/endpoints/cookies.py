"""Our two cookies: the session, and the one that binds a sign-in attempt to a browser."""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from zdrav29_app.db.engine import reading
from zdrav29_app.identity import Browser, Viewer
from zdrav29_app.services import attempts, first_entry, sign_in
from zdrav29_app.services.attempts import Attempt
from zdrav29_app.settings import settings
from zdrav29_app.values import SignInWay

YEAR = 365 * 24 * 3600  # seconds


async def viewer_of(request: Request) -> Viewer:
    """Who asks over plain HTTP.

    Raises:
        SignedOut: nobody.
        EntryIncomplete: her first entry is not complete.
    """
    viewer = await newcomer_of(request)
    first_entry.check_complete(viewer)
    return viewer


async def strong_viewer_of(request: Request) -> Viewer:
    """Who asks over plain HTTP, having proved herself by two factors.

    Raises:
        SignedOut: nobody.
        StepUpNeeded: by one only.
    """
    viewer = await viewer_of(request)
    sign_in.check_strong(viewer)
    return viewer


async def newcomer_of(request: Request) -> Viewer:
    """Who asks over plain HTTP, even if her first entry is not complete.

    Raises:
        SignedOut: nobody.
    """
    return await reading(sign_in.viewer_for, session_token(request))


def session_token(request: Request) -> str:
    """The session token of a request, or an empty string."""
    return request.cookies.get(settings.session_cookie, "")


def attempt_token(request: Request) -> str:
    """The token of the sign-in attempt this browser began, or an empty string."""
    return request.cookies.get(settings.attempt_cookie, "")


def set_session(response: Response, token: str) -> None:
    """Give the browser its session; it ends with the browser or on our side, whichever is first."""
    _set(response, settings.session_cookie, token)
    _clear(response, settings.attempt_cookie)


def browser_of(request: Request) -> Browser:
    """Where this request comes from; a browser without our device cookie gets a new one."""
    return Browser(
        ip=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", ""),
        device=request.cookies.get(settings.device_cookie) or secrets.token_urlsafe(16),
    )


def set_device(response: Response, browser: Browser) -> None:
    """Let this browser be known again at its next sign-in."""
    _set(response, settings.device_cookie, browser.device, max_age=YEAR)


def set_attempt(response: Response, attempt: Attempt) -> None:
    """Bind a sign-in attempt to this browser."""
    lifetime = int(attempts.LIFETIME.total_seconds())
    _set(response, settings.attempt_cookie, attempt.browser, max_age=lifetime)


def way_next_time(request: Request) -> str:
    """How the person of this browser wants to sign in, or an empty string: untrusted."""
    way = request.cookies.get(settings.way_cookie, "")
    return way if way in set(SignInWay) else ""


def set_way(response: Response, way: SignInWay) -> None:
    """Let this browser remember how its person wants to sign in next time."""
    _set(response, settings.way_cookie, way, max_age=YEAR)


def clear_session(response: Response) -> None:
    """Take the session back."""
    _clear(response, settings.session_cookie)


def _set(response: Response, name: str, value: str, *, max_age: int | None = None) -> None:
    response.set_cookie(
        name, value, max_age=max_age, httponly=True, secure=settings.is_https, samesite="lax"
    )


def _clear(response: Response, name: str) -> None:
    response.delete_cookie(name, httponly=True, secure=settings.is_https, samesite="lax")
