"""`/visit/<act>/<token>`: a link of a reminder. Opening it changes nothing, its button does.

Scanners of mail open every link, and whoever holds the telephone may see the page: so it names
neither patient nor doctor, and the act takes a POST.
"""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.endpoints import html
from zdrav29_app.services import visit_links
from zdrav29_app.texts import visit_links as texts
from zdrav29_app.texts.visit_links import Page


async def ask(request: Request) -> Response:
    """The question with one button."""
    act, token = _link(request)
    return _page(texts.question(act, await reading(visit_links.peek, act, token)))


async def do(request: Request) -> Response:
    """What the button does."""
    act, token = _link(request)
    return _page(texts.done(act, await in_transaction(visit_links.use, act, token)))


def _link(request: Request) -> tuple[str, str]:
    return request.path_params["act"], request.path_params["token"]


def _page(words: Page) -> Response:
    return html.page("visit_link", **asdict(words))
