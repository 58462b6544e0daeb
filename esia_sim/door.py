"""The door in front of the worlds: which of them a request is about.

By its path, `/w/<world>/…`; and for an application that knows one fixed address by what it says: a
client registered in one world only, a code or a token of that world, the login or the phone of a
person who exists in one world only. Everything else is about the first world.
"""

import json
from collections.abc import Callable, Mapping
from typing import Final, cast
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from esia_sim import browser, logins
from esia_sim.signing import TokenError
from esia_sim.store import World
from esia_sim.worlds import PREFIX, Place, Worlds

_LARGEST: Final = 256 * 1024
_MOST_FIELDS: Final = 100
_AUTHORIZE: Final = frozenset({"/aas/oauth2/ac", "/aas/oauth2/v2/ac", "/oidc/authorize"})
_TOKEN: Final = frozenset({"/aas/oauth2/te", "/aas/oauth2/v3/te", "/oidc/token"})
_LOGIN: Final = frozenset({"/login", "/login/sms", "/login/app"})
_GATEWAY: Final = "/_sim/messages"


class Door:
    """ASGI middleware around the application of the first world."""

    def __init__(self, app: ASGIApp, worlds: Worlds) -> None:
        """Stand in front of it."""
        self._app, self._worlds = app, worlds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the world that it is about."""
        path: str = scope.get("path", "")
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif path.startswith(PREFIX):
            await self._enter(path, scope, receive, send)
        elif any(True for _ in self._worlds):
            await self._lead(path, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _enter(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        name, slash, rest = path.removeprefix(PREFIX).partition("/")
        place = self._worlds.get(name)
        if place is None:
            text = "there is no such world, or its time is over"
            await JSONResponse({"error": text}, 404)(scope, receive, send)
            return
        if not slash:
            await RedirectResponse(f"{path}/", 307)(scope, receive, send)
            return
        # the raw path goes too: whoever reads it must not see another address than the path says
        inner = {**scope, "path": "/" + rest, "raw_path": ("/" + rest).encode()}
        await place.app(inner, receive, send)

    async def _lead(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        body, receive = await _read(path, scope, receive)
        request = Request(scope)
        place = _meant(self._worlds, request, body)
        if place is None:
            await self._app(scope, receive, send)
        elif path in _AUTHORIZE | _LOGIN:
            # the browser itself moves, so that all later pages are that world's
            answer = _move(self._worlds.first, place.world, request)
            await answer(scope, receive, send)
        else:
            await place.app(dict(scope), receive, send)


def _meant(worlds: Worlds, request: Request, body: Mapping[str, str]) -> Place | None:
    path, said = request.url.path, {**request.query_params, **body}
    if path in _AUTHORIZE:
        return _with_client(worlds, said)
    if path in _TOKEN:
        return _only(worlds, lambda world: _has_grant(world, said)) or _with_client(worlds, said)
    if path.startswith("/rs/") or path == "/oidc/userinfo":
        token = request.headers.get("Authorization", "").partition(" ")[2].strip()
        return _only(worlds, lambda world: _wrote(world, token))
    if path in _LOGIN and request.method == "POST":
        return _only(worlds, lambda world: world.person_by_login(said.get("login", "")) is not None)
    if path == _GATEWAY and request.method == "POST":
        to = logins.readings(said.get("to", ""))
        return _only(worlds, lambda world: bool(to & world.contacts()))
    return None


def _only(worlds: Worlds, fits: Callable[[World], bool]) -> Place | None:
    """Return the one world that fits; None when the first does, none does, or several do."""
    if fits(worlds.first):
        return None
    found = [place for place in worlds if fits(place.world)]
    return found[0] if len(found) == 1 else None


def _with_client(worlds: Worlds, said: Mapping[str, str]) -> Place | None:
    return _only(worlds, lambda world: said.get("client_id") in world.clients)


def _has_grant(world: World, said: Mapping[str, str]) -> bool:
    code, refresh = said.get("code"), said.get("refresh_token")
    return bool(world.codes.get(code) or world.refreshes.get(refresh))


def _wrote(world: World, token: str) -> bool:
    try:
        world.keys.read("access", token)
    except TokenError:
        return False
    return True


def _move(first: World, world: World, request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    answer = RedirectResponse(f"{world.config.root}{request.url.path}{query}", 307)
    attempt = browser.take_attempt(first, request)
    if attempt and request.url.path in _LOGIN:
        client = first.clients.get((attempt.request or {}).get("client_id", ""))
        if client:
            world.clients.setdefault(client.client_id, client)
        world.attempts.put(attempt.token, attempt)
        browser.remember_attempt(world, answer, attempt)
    return answer


async def _read(path: str, scope: Scope, receive: Receive) -> tuple[dict[str, str], Receive]:
    """Return what a small body says, and a `receive` that gives the body once more."""
    if scope["method"] != "POST" or path not in _AUTHORIZE | _TOKEN | _LOGIN | {_GATEWAY}:
        return {}, receive
    seen: list[Message] = []
    size, more = 0, True
    while more and size <= _LARGEST:
        message = await receive()
        seen.append(message)
        size += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)
    kept = iter(list(seen))

    async def again() -> Message:
        return next(kept, None) or await receive()

    return _parsed(b"".join(one.get("body", b"") for one in seen), path), again


def _parsed(body: bytes, path: str) -> dict[str, str]:
    text = body.decode(errors="replace")
    if path != _GATEWAY:
        return dict(parse_qsl(text)) if text.count("&") < _MOST_FIELDS else {}
    try:
        said: object = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    to = cast("dict[str, object]", said).get("to") if isinstance(said, dict) else None
    return {"to": to} if isinstance(to, str) else {}
