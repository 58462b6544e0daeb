"""The one error exit: every refusal becomes a redirect, JSON or a page here, as ESIA does it."""

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from esia_sim import browser, pages, texts, why
from esia_sim.authorize import start_attempt
from esia_sim.errors import Code, ControlError, EsiaError, PageError, Reason, RestError, SignInFirst
from esia_sim.expectations import Broken
from esia_sim.wire import request_id, way_back, world_of

_LOG: Final = logging.getLogger("esia_sim")
_WHY: Final = "X-Sim-Why"
_LONGEST_HEADER: Final = 6000
_DESK: Final = frozenset({"/_sim/", "/_sim/desk", "/_sim/key"})
_OF_OIDC: Final = frozenset({"/oidc/token", "/oidc/revoke", "/oidc/introspect"})
_STATUS_REASONS: Final = {
    404: Reason.NOT_FOUND,
    405: Reason.METHOD,
    413: Reason.TOO_LARGE,
}


def answer_esia(request: Request, error: Exception) -> Response:
    """Answer a refusal of `/aas/oauth2/*`: JSON at the token endpoint, else redirect or page."""
    if not isinstance(error, EsiaError):
        raise error
    _LOG.info("refused %s request=%s", error.code, request_id(request))
    world_of(request).ledger.used(error.code)
    reason = request.state.why = why.explain(request, error)
    if _is_token_endpoint(request.url.path):
        return _explained(_json(request, error), reason)
    if error.redirect_uri is None:
        return _explained(_esia_page(request, error), reason)
    return _explained(way_back(error, error.redirect_uri, error.state), reason)


def answer_rest(request: Request, error: Exception) -> Response:
    """Answer a refusal of `/rs`."""
    if not isinstance(error, RestError):
        raise error
    _LOG.info("refused %s request=%s", error.code, request_id(request))
    headers = _challenge(request) if error.status == 401 else {}  # noqa: PLR2004 - HTTP
    reason = request.state.why = why.explain(request, error)
    facts = {"code": error.code, "message": error.message}
    return _explained(JSONResponse(facts, error.status, headers), reason)


def answer_control(_: Request, error: Exception) -> Response:
    """Answer a refused control call."""
    if not isinstance(error, ControlError):
        raise error
    return JSONResponse({"error": error.text}, error.status)


def answer_page(request: Request, error: Exception) -> Response:
    """Answer a page that cannot be shown."""
    if not isinstance(error, PageError):
        raise error
    return _page(request, error.status, error.reason)


def answer_sign_in(request: Request, error: Exception) -> Response:
    """Lead whoever is not signed in through the sign-in pages and back."""
    if not isinstance(error, SignInFirst):
        raise error
    world, response = world_of(request), RedirectResponse("/login", 302)
    browser.remember_attempt(world, response, start_attempt(world, None, to=error.to))
    return response


def answer_broken_proxy(_: Request, error: Exception) -> Response:
    """Answer as a broken proxy before the service would."""
    if not isinstance(error, Broken):
        raise error
    words = HTTPStatus(error.status).phrase if error.status in set(HTTPStatus) else "Error"
    page = f"<html><head><title>{error.status} {words}</title></head><body>{words}</body></html>"
    return HTMLResponse(page, error.status)


def answer_http(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses: unknown addresses, methods, broken forms, big bodies."""
    if not isinstance(error, HTTPException):
        raise error
    path, status = request.url.path, error.status_code
    if path.startswith("/_sim/") and path not in _DESK:
        return JSONResponse({"error": error.detail}, status)
    if path.startswith("/rs"):
        return JSONResponse({"code": f"SIM-{status}", "message": error.detail}, status)
    if path.startswith(("/aas/oauth2", "/oidc/")) and status in {400, 413}:
        return answer_esia(request, EsiaError(Code.UNREADABLE))
    return _page(request, status, _STATUS_REASONS.get(status, Reason.BAD_REQUEST))


def answer_broken(request: Request) -> Response:
    """Answer a mistake of our own, without saying which."""
    path = request.url.path
    if path.startswith("/_sim"):
        return JSONResponse({"error": "internal error"}, 500)
    if path.startswith("/rs") or _is_token_endpoint(path):
        error = EsiaError(Code.SERVER_ERROR)
        return JSONResponse({"error": error.error, "error_description": error.description}, 500)
    return _page(request, 500, Reason.BROKEN)


EXITS: Final[dict[type[Exception], Callable[[Request, Exception], Response]]] = {
    EsiaError: answer_esia,
    RestError: answer_rest,
    ControlError: answer_control,
    PageError: answer_page,
    Broken: answer_broken_proxy,
    SignInFirst: answer_sign_in,
    HTTPException: answer_http,
}


def _explained(response: Response, reason: why.Why | None) -> Response:
    """Add why it was refused in a header of ours, as JSON in ASCII; a body stays as ESIA has it."""
    if reason:
        said = json.dumps(reason)
        short = {name: reason[name] for name in ("code", "rule")}
        response.headers[_WHY] = said if len(said) <= _LONGEST_HEADER else json.dumps(short)
    return response


def _esia_page(request: Request, error: EsiaError) -> Response:
    return pages.refusal(
        request,
        status=400,
        code=error.code.value,
        title="Войти не получится",
        text=texts.ESIA_REASONS.get(error.code, texts.ESIA_OTHER),
    )


def _is_token_endpoint(path: str) -> bool:
    return path in {"/aas/oauth2/te", "/aas/oauth2/v3/te"} | _OF_OIDC


def _json(request: Request, error: EsiaError) -> Response:
    facts = {"error": error.error, "error_description": error.description}
    if error.state:
        facts["state"] = error.state
    if error.code is Code.CLIENT_UNPROVED and request.url.path in _OF_OIDC:
        return JSONResponse(facts, 401, {"WWW-Authenticate": 'Basic realm="esia_sim"'})
    return JSONResponse(facts, world_of(request).config.assumed.token_error_status)


def _challenge(request: Request) -> dict[str, str]:
    """Ask for a token; the standard also says that the one that came is wrong (RFC 6750 §3)."""
    came = request.url.path == "/oidc/userinfo" and "Authorization" in request.headers
    return {"WWW-Authenticate": 'Bearer error="invalid_token"' if came else "Bearer"}


def _page(request: Request, status: int, reason: Reason) -> Response:
    title, text = texts.REASONS[reason]
    return pages.refusal(request, status=status, code=reason.value, title=title, text=text)
