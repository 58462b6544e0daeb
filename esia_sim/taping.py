"""Writes the tape of a world: ASGI middleware that sees each request and its answer."""

import base64
import json
from contextlib import suppress
from datetime import datetime
from functools import partial
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from esia_sim import browser
from esia_sim.exchange import exchange
from esia_sim.expectations import Dropped
from esia_sim.masks import MASK, masked_address, masked_pairs, masked_path
from esia_sim.store import World
from esia_sim.tape import CURRENT, Trail

_QUIET: Final = ("/_sim", "/static/", "/logs/", "/phone/", "/login/wait/state")
_TOKEN: Final = frozenset({"/aas/oauth2/te", "/aas/oauth2/v3/te", "/oidc/token"})
_SID: Final = "urn:esia:sid"
_CLAIMED: Final = ("access_token", "id_token")


class Taping:
    """ASGI middleware around the application of one world."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        """Wrap it."""
        self._app, self._world = app, world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and keep what came of it."""
        if scope["type"] != "http" or scope["path"].startswith(_QUIET):
            await self._app(scope, receive, send)
            return
        request, answer = Request(scope), _Answer(send)
        trail = self._trail_of(request)
        token = CURRENT.set(trail)
        outcome = None
        try:
            await self._app(scope, receive, answer)
        except Dropped:
            outcome = "dropped"
            raise
        except Exception:
            outcome = "broken"
            raise
        finally:
            CURRENT.reset(token)
            at = self._world.clock.now()
            keep = partial(self._keep, request, answer, trail, outcome, at)
            if scope["path"] in _TOKEN:
                self._world.tape.later(keep)
            else:
                keep()

    def _trail_of(self, request: Request) -> Trail:
        world, trail = self._world, Trail()
        if attempt := browser.attempt_in(world, request.cookies):
            trail.sign_in = world.tape.sign_in_of(attempt.token)
            trail.person = attempt.person_key
        if session := browser.session_in(world, request.cookies):
            trail.person = trail.person or session.person_key
        bearer = request.headers.get("Authorization", "").partition(" ")[2]
        self._follow(trail, _claims(bearer))
        return trail

    def _keep(
        self,
        request: Request,
        answer: "_Answer",
        trail: Trail,
        outcome: str | None,
        at: datetime,
    ) -> None:
        world, state = self._world, request.scope.get("state", {})
        query: list[tuple[str, str]] = request.query_params.multi_items()
        params = [*query, *state.get("form", ())]
        said = _object(answer.body)
        claimed = {name: _claims(str(said[name])) for name in _CLAIMED if name in said}
        self._learn(trail, answer, dict(params), claimed)
        facts: dict[str, object] = {
            "method": request.method,
            "path": masked_path(request.scope["path"]),
            "params": dict(masked_pairs(params)),
            "status": answer.status,
            "location": masked_address(answer.location) if answer.location else None,
            "why": state.get("why"),
        }
        wire = exchange(request.scope, query, answer.headers, size=answer.size, body=answer.body)
        world.tape.add("request", trail, wire, at=at, **facts, outcome=outcome)
        if request.scope["path"] in _TOKEN and answer.status == 200:  # noqa: PLR2004 - HTTP
            kept = {"refresh_token": MASK} if "refresh_token" in said else {}
            world.tape.add("claims", trail, at=at, **claimed, **kept)

    def _learn(
        self,
        trail: Trail,
        answer: "_Answer",
        params: dict[str, str],
        claimed: dict[str, dict[str, Any]],
    ) -> None:
        """Find out whose this was from what came back: a new cookie, a code, a grant."""
        world = self._world
        if attempt := browser.attempt_in(world, answer.cookies):
            trail.sign_in = trail.sign_in or world.tape.sign_in_of(attempt.token)
            trail.person = trail.person or attempt.person_key
        if session := browser.session_in(world, answer.cookies):
            trail.person = session.person_key
        if answer.location and trail.sign_in:
            code = parse_qs(urlsplit(answer.location).query).get("code", [""])[0]
            if sid := _claims(code).get(_SID):
                world.tape.link(str(sid), trail.sign_in)
        self._follow(trail, _claims(params.get("code", "")))
        self._follow(trail, claimed.get("access_token", {}))

    def _follow(self, trail: Trail, claims: dict[str, Any]) -> None:
        trail.sign_in = trail.sign_in or self._world.tape.known(str(claims.get(_SID)))
        if not trail.person and (person := self._world.person(str(claims.get("urn:esia:sbj_id")))):
            trail.person = person.key


class _Answer:
    """The way out: remembers status, headers, cookies, and the body of an answer in JSON."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status: int | None = None
        self.location = ""
        self.cookies: dict[str, str] = {}
        self.headers: list[tuple[bytes, bytes]] = []
        self.size = 0
        self.body = b""
        self._is_json = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.headers = list(message.get("headers", []))
            headers = Headers(raw=self.headers)
            self.status = message["status"]
            self.location = headers.get("location", "")
            self._is_json = headers.get("content-type", "").startswith("application/json")
            for line in headers.getlist("set-cookie"):
                self._read_cookie(line)
        else:
            piece: bytes = message.get("body", b"")
            self.size += len(piece)
            if self._is_json:
                self.body += piece
        await self._send(message)

    def _read_cookie(self, line: str) -> None:
        with suppress(CookieError):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}


def _claims(token: str) -> dict[str, Any]:
    part = token.split(".")[1] if token.count(".") == 2 else ""  # noqa: PLR2004 - parts of a JWT
    with suppress(ValueError):
        return _object(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return {}


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found: Any = json.loads(raw) if raw else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]
