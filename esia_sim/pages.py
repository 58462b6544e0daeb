"""Pages: one way to render a template, and the page that says that something is refused."""

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from esia_sim import browser, texts
from esia_sim.inbox import Message
from esia_sim.wire import request_id, world_of

if TYPE_CHECKING:
    from starlette.templating import Jinja2Templates

# Attributes with an address of this stand; in what people typed the quotation mark is escaped.
_OWN_ADDRESS: Final = re.compile(r'(\s(?:href|action|src)=")/(?!/)')
_ANCHOR: Final = Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>')


def _linked(message: Message) -> Markup:
    page, rest = Markup(), message.text
    for link in message.links:
        before, _, rest = rest.partition(link)
        page += escape(before) + _ANCHOR.format(link)
    return page + escape(rest)


_FILTERS: Final = {"linked": _linked, "moment": texts.moment, "clock": texts.time_of_day}


@cache
def _templates() -> "Jinja2Templates":
    from starlette.templating import Jinja2Templates  # noqa: PLC0415 - the protocol needs no pages

    made = Jinja2Templates(directory=Path(__file__).with_name("templates"))
    cast("Any", made.env).filters.update(_FILTERS)  # Jinja's has no types
    return made


def render(request: Request, template: str, *, status: int = 200, **words: object) -> Response:
    """Render a template into a page."""
    world, session = world_of(request), browser.session_of(request)
    context: dict[str, object] = {
        "cabinet_url": world.config.cabinet_url,
        "path": request.url.path,
        "me": world.people.get(session.person_key) if session else None,
        **words,
    }
    if not world.config.root:
        return _templates().TemplateResponse(request, template, context, status_code=status)
    page = _templates().get_template(template).render(request=request, **context)
    return HTMLResponse(_OWN_ADDRESS.sub(rf"\1{world.config.root}/", page), status)


def refusal(request: Request, *, status: int, code: str, title: str, text: str) -> Response:
    """Render the page of a refusal, with what one tells support: code, time and request id."""
    return render(
        request,
        "error.html",
        status=status,
        code=code,
        title=title,
        text=text,
        why=getattr(request.state, "why", None),
        time=texts.exact_moment(world_of(request).clock.now()),
        request_id=request_id(request),
    )
