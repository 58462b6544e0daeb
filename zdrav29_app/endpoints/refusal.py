"""The one error exit of plain HTTP: a page with words, a code, the time and a way on."""

import logging
import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from zdrav29_app import clock, tracing
from zdrav29_app.endpoints import forms, html
from zdrav29_app.errors import (
    CabinetError,
    DatabaseSilent,
    EntryIncomplete,
    NotFound,
    SignedOut,
    StepUpNeeded,
)
from zdrav29_app.texts import formats, pages, recovery, support
from zdrav29_app.texts.errors import message_for
from zdrav29_app.values import safe_next

log = logging.getLogger(__name__)

_FILE = re.compile(r"\.(ics|pdf)$|/readable$")


async def refuse(request: Request, refusal: Exception) -> Response:
    """Answer what an endpoint raised: the way to sign in first, or a page that says why not."""
    address = _page_of(request.url.path)
    page = quote(address, safe="")
    is_framed = request.headers.get("sec-fetch-dest") == "iframe"
    if isinstance(refusal, SignedOut) and not is_framed:
        return _lead_to(request, f"/?next={page}")
    if isinstance(refusal, EntryIncomplete) and not is_framed:
        return _lead_to(request, f"{refusal.page}?next={page}")
    error = refusal if isinstance(refusal, CabinetError) else CabinetError()
    if isinstance(error, StepUpNeeded):
        error.going_to = address
    request_id = tracing.current()
    log.info("refused code=%s request_id=%s", error.code, request_id)
    message, at = message_for(error), formats.exact(clock.now())
    words = {
        "title": message.title,
        "text": message.text,
        "code": error.code,
        "request_id": request_id,
        "details": f"{pages.CODE}{error.code} · {at} · {pages.REQUEST}{request_id}",
        "href": message.href or "/",
    }
    if forms.wants_json(request) and not isinstance(error, StepUpNeeded):
        return JSONResponse(words, _status(error))
    return html.page(
        "refusal",
        status=_status(error),
        is_framed=is_framed,
        label=message.label or pages.TO_START,
        report_href=support.report_href(error.code, at, request_id),
        report=support.REPORT,
        **words,
        recovery_href=recovery.href(request_id) if error.code.startswith("AUTH-") else "",
        recovery=support.CANNOT_SIGN_IN,
    )


def _lead_to(request: Request, href: str) -> Response:
    """Where to go first: a script cannot be redirected, so it is told."""
    if forms.wants_json(request):
        return JSONResponse({"href": href}, 401)
    return RedirectResponse(href, 303)


def _status(error: CabinetError) -> int:
    if type(error) is CabinetError:
        return 500
    if isinstance(error, DatabaseSilent):
        return 503
    return 404 if isinstance(error, NotFound) else 400


def _page_of(path: str) -> str:
    """The page that stands for an address which is none: a file stands on its document's."""
    if path == "/files":
        return "/documents/upload"
    return safe_next(_FILE.sub("", re.sub(r"^/files/", "/documents/", path)))
