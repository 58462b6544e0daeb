"""Around everything served: an id for each request, and counts by template of its route.

A template comes from our own tables, never from the address as it was typed: that could name a
person, and there is no end to what can be typed.
"""

from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zdrav29_app import clock, metrics, spans, tracing
from zdrav29_app.endpoints import ROUTES
from zdrav29_app.endpoints.pages import is_page

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
FAILURE = 500
UNTOLD = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked by programs every few seconds: neither traced nor a share of what fails."""


def measure(app: ASGIApp) -> ASGIApp:
    """The application, with each HTTP request counted and timed."""

    async def measured(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        tracing.begin()
        begin, status = clock.machine_seconds(), FAILURE
        route, method = template_of(scope), _method(scope)
        told = _tell(route, method)
        metrics.requests_in_progress.inc()

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await app(scope, receive, note)
        finally:
            metrics.requests_in_progress.dec()
            metrics.requests.labels(route, method, str(status)).inc()
            metrics.request_seconds.labels(route).observe(clock.machine_seconds() - begin)
            if route not in UNTOLD:
                metrics.answered(failed=status >= FAILURE)
            spans.end(told, {"http.response.status_code": status}, failed=status >= FAILURE)

    return measured


def _tell(route: str, method: str) -> spans.Told:
    if route in UNTOLD:
        return None
    facts = {"http.request.method": method, "http.route": route}
    return spans.begin(f"{method} {route}", facts, kind=spans.Kind.SERVER)


def _method(scope: Scope) -> str:
    return scope["method"] if scope["method"] in METHODS else "other"


def template_of(scope: Scope) -> str:
    """The template of the route that a request belongs to: one of few words."""
    for route in ROUTES:
        if route.matches(scope)[0] is not Match.NONE:
            return route.path
    path: str = scope["path"]
    if is_page(path):
        return path
    return "file" if "." in path.rpartition("/")[2] else "page"
