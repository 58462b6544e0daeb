"""Pages outside the application: plain HTML in the look of the house."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse

from zdrav29_app.services.announcements import current
from zdrav29_app.texts import common
from zdrav29_app.texts import status as texts

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


def page(template: str, *, status: int = 200, **facts: str) -> HTMLResponse:
    """A page of the template of this name; nobody keeps a copy of it."""
    words = _PAGES.get_template(f"{template}.html").render(
        service=common.SERVICE,
        announced=[(texts.announced(one.kind, one.service), one.text) for one in current()],
        announced_name=texts.ANNOUNCED,
        **facts,
    )
    return HTMLResponse(words, status, {"Cache-Control": "no-store"})
