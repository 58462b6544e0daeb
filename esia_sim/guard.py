"""What surrounds every request: a limit to its size, headers, and no traceback outside."""

import logging
import string
from typing import Final
from urllib.parse import quote_from_bytes

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from esia_sim.config import Config
from esia_sim.expectations import Dropped
from esia_sim.refusals import answer_broken
from esia_sim.registration.scans import LARGEST_BODY
from esia_sim.wire import request_id

HANG_UP: Final = "esia_sim.hang_up"
_PRINTABLE: Final = string.punctuation
_LARGEST: Final = 256 * 1024
_LOG: Final = logging.getLogger("esia_sim")
_PROMISE: Final = [(b"content-length", b"1000")]
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# No form-action: the sign-in form is answered with a redirect to the client's own origin.
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; frame-ancestors {ancestors}"
)


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, config: Config) -> None:
        """Wrap an application of a stand with this configuration."""
        self._app = app
        self._of_phone = _raw(config, ancestors=f"'self' {config.cabinet_origin}")
        self._of_files = _raw(config, ancestors="'none'", cache="no-cache")
        self._of_others = _raw(config, ancestors="'none'")
        self._root = config.root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, guarded."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # raw bytes in an address, which no browser sends, would break whoever reads it as text
        scope["query_string"] = quote_from_bytes(scope["query_string"], _PRINTABLE).encode()
        guarded_send = _Sending(send, self._headers(scope["path"]), self._root)
        try:
            largest = LARGEST_BODY if scope["path"] == "/registration/proof" else _LARGEST
            await self._app(scope, _limited(receive, largest), guarded_send)
        except Dropped:
            await _drop(scope, receive, send)
        except Exception as error:  # noqa: BLE001 - nothing of it may reach the outside
            _log_broken(error, request_id(Request(scope)))
            if not guarded_send.started:
                response = answer_broken(Request(scope))
                await response(scope, receive, guarded_send)

    def _headers(self, path: str) -> dict[bytes, bytes]:
        if path.startswith("/static/"):
            return self._of_files
        return self._of_phone if path.startswith("/phone/") else self._of_others


def _raw(config: Config, *, ancestors: str, cache: str = "no-store") -> dict[bytes, bytes]:
    policy = _POLICY.format(ancestors=ancestors)
    headers = _HEADERS | {"Content-Security-Policy": policy, "Cache-Control": cache}
    if config.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return {name.lower().encode(): value.encode() for name, value in headers.items()}


async def _drop(scope: Scope, receive: Receive, send: Send) -> None:
    hang_up = scope.get("extensions", {}).get(HANG_UP)
    if hang_up is None:
        # another server than ours closes a connection whose answer does not become complete
        await send({"type": "http.response.start", "status": 200, "headers": _PROMISE})
        return
    hang_up()
    while (await receive())["type"] != "http.disconnect":
        pass


class _Sending:
    """The way out of a request: adds our headers and knows whether the answer has begun."""

    def __init__(self, send: Send, headers: dict[bytes, bytes], root: str) -> None:
        self._send = send
        self._root = root
        self._headers = headers
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            kept = [pair for pair in message["headers"] if pair[0] not in self._headers]
            message["headers"] = [*kept, *self._headers.items()]
            if self._root:
                self._stay_inside(MutableHeaders(scope=message))
        await self._send(message)

    def _stay_inside(self, headers: MutableHeaders) -> None:
        to = headers.get("location", "")
        if to.startswith("/") and not to.startswith("//"):
            headers["location"] = self._root + to


def _limited(receive: Receive, largest: int) -> Receive:
    taken = 0

    async def receive_some() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            raise HTTPException(413, "the body is too large")
        return message

    return receive_some


def _log_broken(error: Exception, request: str) -> None:
    # The place but not the message, which may quote what a person typed.
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    _LOG.error("broken %s at %s request=%s", type(error).__name__, where, request)
