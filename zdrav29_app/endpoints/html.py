"""Pages outside the application: plain HTML in the look of the house."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse

from zdrav29_app.services.announcements import current
from zdrav29_app.texts import common
from zdrav29_app.texts import status as texts

FRAMED = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups "
        "allow-popups-to-escape-sandbox allow-modals"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What a page says of itself that stands in a frame of ours: it starts nothing, and its links open
beside the cabinet."""

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


def page(
    template: str, *, status: int = 200, is_framed: bool = False, **facts: str
) -> HTMLResponse:
    """A page of the template of this name; nobody keeps a copy of it."""
    words = _PAGES.get_template(f"{template}.html").render(
        service=common.SERVICE,
        is_framed=is_framed,
        announced=[(texts.announced(one.kind, one.service), one.text) for one in current()],
        announced_name=texts.ANNOUNCED,
        **facts,
    )
    frame = FRAMED if is_framed else {}
    return HTMLResponse(words, status, {"Cache-Control": "no-store", **frame})
