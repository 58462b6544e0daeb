"""Around everything served: page addresses without redirects, and the headers of every answer.

The policy of a page lists the hashes of its own inline scripts, which change with each build, so
they are computed from the built files at start.
"""

import base64
import hashlib
import logging
import re
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zdrav29_app import limits, tracing
from zdrav29_app.endpoints.cookies import newcomer_of
from zdrav29_app.errors import SignedOut, TooManyRequests
from zdrav29_app.framework import BUILT
from zdrav29_app.limits import Limit
from zdrav29_app.services import operators
from zdrav29_app.settings import settings

log = logging.getLogger(__name__)

OK, NOT_FOUND = 200, 404
TRY_AGAIN_LATER = 1013  # of the codes a websocket may be closed with
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
GALLERY, DESK, NOWHERE = "/gallery", "/desk", "/not-found"
FALLBACK = "__spa-fallback.html"
FOREVER = "public, max-age=31536000, immutable"
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)
_HASHED_NAME = re.compile(r"[-.][\w-]{8}\.\w+$")


def protect(app: ASGIApp) -> ASGIApp:
    """The application with page addresses as typed and protective headers on every answer."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and await _is_flood(scope):
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        path: str = scope["path"]
        send = _with_headers(send, path)
        if not _is_welcome(scope):
            await PlainTextResponse("foreign origin", 403)(scope, receive, send)
            return
        if path.rstrip("/") == DESK and not await _is_operator(scope):
            # the page itself says that there is none; a file of another route would not wake up
            send = _as_missing(send)
        await app(_page_scope(scope), receive, send)

    return wrapped


async def _is_operator(scope: Scope) -> bool:
    """Whether the desk exists for whoever asks; what it shows is guarded by itself."""
    try:
        return operators.is_operator(await newcomer_of(Request(scope)))
    except SignedOut:
        return False


async def _is_flood(scope: Scope) -> bool:
    """Whether one address opens more sockets than a waiting room full of people would."""
    address, _ = scope.get("client") or ("", 0)
    try:
        await limits.count(Limit.SOCKET, address)
    except TooManyRequests:
        log.warning("socket refused, too many of one address")
        return True
    return False


def _is_welcome(scope: Scope) -> bool:
    if scope["method"] in SAFE_METHODS:
        return True
    headers = dict(scope["headers"])
    origin = headers.get(b"origin", b"").decode("latin-1")
    if origin == "null":  # our own forms: pages that send no referrer send no origin either
        return headers.get(b"sec-fetch-site") == b"same-origin"
    return not origin or origin in settings.origins


def _page_scope(scope: Scope) -> Scope:
    path: str = scope["path"]
    if path.startswith(GALLERY) and not settings.is_demo:
        return _at(scope, NOWHERE)
    if path == "/" or path not in _pages():
        return scope
    # the server of static files would redirect `/booking` to `/booking/`
    return _at(scope, f"{path}/")


def _at(scope: Scope, path: str) -> Scope:
    return {**scope, "path": path, "raw_path": path.encode()}


def _with_headers(send: Send, path: str) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            _complete(MutableHeaders(scope=message), path)
        await send(message)

    return send_with_headers


def _as_missing(send: Send) -> Send:
    async def send_as_missing(message: Message) -> None:
        is_answer = message["type"] == "http.response.start" and message["status"] == OK
        await send({**message, "status": NOT_FOUND} if is_answer else message)

    return send_as_missing


def _complete(headers: MutableHeaders, path: str) -> None:
    headers["X-Request-ID"] = tracing.current()
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if settings.is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if headers.get("content-type", "").startswith("text/html"):
        # a page that is a patient's document has a stricter one of its own
        headers.setdefault("Content-Security-Policy", _policy(_pages().get(path, FALLBACK)))
        headers.setdefault("Cache-Control", "no-cache")
    elif _HASHED_NAME.search(path):
        headers.setdefault("Cache-Control", FOREVER)


def is_page(path: str) -> bool:
    """Whether this is the address of a page without a parameter in it."""
    return path in _pages()


@cache
def _pages() -> dict[str, str]:
    """Addresses of the prerendered pages, each with its file."""
    files = [file.relative_to(BUILT) for file in BUILT.rglob("index.html")]
    return {("/" + file.parent.as_posix()).rstrip(".") or "/": file.as_posix() for file in files}


@cache
def _policy(file: str) -> str:
    page = BUILT / file
    scripts = _INLINE_SCRIPT.findall(page.read_text(encoding="utf-8")) if page.is_file() else []
    hashes = " ".join(sorted({_source_of(script) for script in scripts}))
    frames = f"'self' {settings.esia_url}" if settings.is_demo else "'self'"
    return "; ".join(
        [
            "default-src 'self'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            f"connect-src 'self' {_socket_origins()}",
            f"frame-src {frames}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ]
    )


def _source_of(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _socket_origins() -> str:
    # older browsers do not count ws:// as the page's own origin
    return " ".join(origin.replace("http", "ws", 1) for origin in settings.origins)
