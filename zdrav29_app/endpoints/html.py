"""Pages outside the application: plain HTML in the look of the house."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from starlette.responses import HTMLResponse

from zdrav29_app.texts import common

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True)


def page(template: str, *, status: int = 200, **facts: str) -> HTMLResponse:
    """A page of the template of this name; nobody keeps a copy of it."""
    words = _PAGES.get_template(f"{template}.html").render(service=common.SERVICE, **facts)
    return HTMLResponse(words, status, {"Cache-Control": "no-store"})
