"""`/services`: the catalogue «Услуги», with search and categories; one service leads on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esia_sim import pages
from esia_sim.errors import PageError, Reason
from esia_sim.wire import world_of
from esia_sim.yaml_files import read_yaml

_LONGEST: Final = 100


@dataclass(frozen=True, slots=True)
class Service:
    """One service; `leads` is `cabinet` for the one that goes anywhere."""

    key: str
    title: str
    category: str
    about: str
    words: tuple[str, ...]
    leads: str = ""


@cache
def services() -> tuple[Service, ...]:
    """Read the catalogue."""
    raw: Any = read_yaml(Path(__file__).with_name("services.yaml"))
    return tuple(_service(facts) for facts in raw)


def _service(facts: Any) -> Service:
    read: dict[str, Any] = {**facts, "words": tuple(facts["words"])}
    return Service(**read)


def find(asked: str) -> Sequence[Service]:
    """Find services by any part of their title or words; spaces, case and ё do not count."""
    wanted = _folded(asked)
    return [
        one
        for one in services()
        if any(wanted in _folded(text) for text in (one.title, one.about, *one.words))
    ]


async def show(request: Request) -> Response:
    """Show the catalogue: all of it, a category, or what was searched for."""
    asked = request.query_params.get("q", "")[:_LONGEST].strip()
    category = request.query_params.get("category", "")
    found = find(asked) if asked else services()
    if category:
        found = [one for one in found if one.category == category]
    return pages.render(
        request,
        "services.html",
        asked=asked,
        category=category,
        categories=list(dict.fromkeys(one.category for one in services())),
        found=found,
    )


async def show_one(request: Request) -> Response:
    """Show one service with the way to it."""
    key = request.path_params["key"]
    service = next((one for one in services() if one.key == key), None)
    if service is None:
        raise PageError(404, Reason.NOT_FOUND)
    cabinet = world_of(request).config.cabinet_url.rstrip("/")
    # its sign-in opens at once for who is signed in here
    href = f"{cabinet}/auth/esia/login?next={quote('/home', safe='')}"
    return pages.render(request, "service.html", service=service, href=href)


def _folded(text: str) -> str:
    return "".join(text.lower().replace("ё", "е").split())


ROUTES: Final[list[BaseRoute]] = [
    Route("/services", show),
    Route("/services/{key}", show_one),
]
