"""Plain HTTP where a websocket cannot go: the route table and the one error exit."""

import logging
from urllib.parse import quote
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from zdrav29_app.endpoints import auth, calendar, demo, health
from zdrav29_app.errors import CabinetError, EntryIncomplete, NotFound, SignedOut
from zdrav29_app.settings import settings
from zdrav29_app.texts.errors import message_for
from zdrav29_app.values import safe_next

log = logging.getLogger(__name__)

ROUTES = [
    Route("/auth/esia/login", auth.login),
    Route(auth.CALLBACK, auth.callback),
    Route("/auth/way", auth.choose_way, methods=["POST"]),
    Route("/auth/logout", auth.logout),
    Route("/appointments/{number:str}.ics", calendar.visit_file),
    Route("/healthz", health.alive),
    Route("/readyz", health.ready),
    *(demo.ROUTES if settings.is_demo else []),
]


async def refuse(request: Request, refusal: Exception) -> Response:
    """Answer what an endpoint raised: sign in first, or words with a code."""
    page = quote(safe_next(request.url.path.removesuffix(".ics")), safe="")
    if isinstance(refusal, SignedOut):
        return RedirectResponse(f"/?next={page}", 303)
    if isinstance(refusal, EntryIncomplete):
        return RedirectResponse(f"{refusal.page}?next={page}", 303)
    error = refusal if isinstance(refusal, CabinetError) else CabinetError()
    request_id = uuid4().hex[:12]
    log.info("refused code=%s request_id=%s", error.code, request_id)
    message = message_for(error)
    status = 404 if isinstance(error, NotFound) else 400
    words = f"{message.title}. {message.text}\n{error.code} · {request_id}"
    return PlainTextResponse(words, status, headers={"Cache-Control": "no-store"})


api = Starlette(routes=ROUTES, exception_handlers={CabinetError: refuse})
