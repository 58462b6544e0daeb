"""The page of a room: names, addresses, QR codes, and a button that makes one stand as new."""

import socket
from collections.abc import Sequence
from pathlib import Path

import anyio
import httpx
import segno
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.templating import Jinja2Templates

from stand.place import Place
from stand.processes import WINDOWS
from stand.stand import StandError

HERE = Path(__file__).parent
ASSETS = HERE.parent / "assets"
TEMPLATES = Jinja2Templates(directory=HERE)
# no other site may press the button, by its own page or by a name that leads here
OWN_HOSTS = ["localhost", "127.0.0.1"]


def create_app(places: Sequence[Place]) -> Starlette:
    """The page over these places; the styles are the cabinet's own."""

    def show(request: Request) -> Response:
        shown = {"places": places, "qr": qr, "done": request.query_params.get("done", "")}
        return TEMPLATES.TemplateResponse(request, "room.html", shown)

    async def reset(request: Request) -> Response:
        if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
            raise HTTPException(403)
        place = next((one for one in places if one.number == request.path_params["number"]), None)
        if place is None:
            raise HTTPException(404)
        try:
            await anyio.to_thread.run_sync(place.reset)
        except httpx.HTTPError:
            return RedirectResponse(f"/?done=-{place.number}", 303)
        return RedirectResponse(f"/?done={place.number}", 303)

    return Starlette(
        routes=[
            Route("/", show),
            Route("/{number:int}/reset", reset, methods=["POST"]),
            Mount("/", StaticFiles(directory=ASSETS)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=OWN_HOSTS)],
    )


def qr(address: str) -> Markup:
    """The QR code of an address as SVG, dark on white whatever the scheme."""
    code = segno.make_qr(address, error="m")
    drawn = code.svg_inline(scale=4, border=4, light="#fff", omitsize=True, title=address)
    return Markup(drawn)  # noqa: S704 - drawn here from our own address


def listen(port: int) -> socket.socket:
    """A socket on loopback.

    Raises:
        StandError: the port is taken.
    """
    listener = socket.socket()
    if not WINDOWS:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError:
        listener.close()
        raise StandError(f"Port {port} is taken. Choose another one with ROOM_PORT.") from None
    return listener
