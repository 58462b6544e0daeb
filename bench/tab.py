"""A patient's tab without a browser: what a page of the cabinet sends, and what it waits for.

Read from the front end of Reflex 0.10.1 (utils/state.js, connect and useEventLoop): the first event
rides in the CONNECT packet, a move inside the document sends `on_load_internal`, an answer may ask
to go elsewhere. A page has arrived when `is_hydrated` turns true, behind all its `on_load`.
"""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from bench.line import Line, LineLost

PATIENCE_S = 60
NAMESPACE = "/_event"
ROOT = "reflex___state____state"
VERSION = "0.10.1"
_CONTEXT = Path(".web/utils/context.jsx")
_BOOT = f"{ROOT}.hydrate_and_load"
_ARRIVE = f"{ROOT}.reflex___state____on_load_internal_state.on_load_internal"
# engine.io: 0 open, 2 ping, 3 pong, 4 message; socket.io behind it: 0 connect, 2 event, 4 refused
_OPEN, _PING, _PONG, _CONNECT, _EVENT, _REFUSED = "0", "2", "3", "40", "42", "44"


@dataclass(frozen=True)
class Site:
    """The server that tabs open; `boot` is what its front end says of itself, if it has one."""

    port: int
    origin: str
    schema: str | None = None
    hashes: tuple[str, ...] = ()


def cabinet(port: int, origin: str) -> Site:
    """The cabinet at this port, as the built front end speaks with it."""
    built = _CONTEXT.read_text(encoding="utf-8")
    [schema] = re.findall(r'^export const stateSchema = "(\w+)"', built, re.MULTILINE)
    [hashes] = re.findall(r"^export const initialStateHashes = (\[.*\])", built, re.MULTILINE)
    return Site(port, origin, schema, tuple(json.loads(hashes)))


def act(state: str, name: str, module: str = "") -> str:
    """The name by which a page calls a handler, e.g. ("booking_state", "confirm")."""
    module = module or state.removesuffix("_state")
    return f"{ROOT}.zdrav29_app___state___{module}____{state}.{name}"


@dataclass
class Tab:
    """One tab of one signed-in browser, whose address is `ip` behind a proxy.

    `seen` holds the newest value of every var in `watched`, named «booking_state.chosen».
    """

    site: Site
    cookie: str
    token: str
    ip: str
    watched: frozenset[str] = frozenset()
    seen: dict[str, Any] = field(default_factory=dict[str, Any])
    address: str = ""
    has_arrived: bool = False
    is_lost: bool = False

    async def open(self, address: str) -> None:
        """Load the document at an address and wait until the page is filled."""
        self.address, self.has_arrived = address, False
        self._news = asyncio.Event()
        query = urlencode({"token": self.token, "EIO": 4, "transport": "websocket"})
        headers = {
            "Origin": self.site.origin,
            "Cookie": self.cookie,
            "X-Forwarded-For": self.ip,
        }
        self._line = Line(self._hear, self._lose)
        path = f"{NAMESPACE}/?{query}"
        await self._line.open(self.site.port, path, headers, protocol=VERSION)
        await self.until(lambda: self.has_arrived)

    async def go(self, address: str) -> None:
        """Move inside the document and wait until the page there is filled."""
        self._navigate(address)
        await self.until(lambda: self.has_arrived)

    def call(self, name: str, **payload: object) -> None:
        """Send an event of a page, such as a click; see `act`."""
        event = {"name": name, "payload": payload, "router_data": self._router_data()}
        self._line.say(f"{_EVENT}{NAMESPACE},{json.dumps(['event', event])}")

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait for it, looking again at every message.

        Raises:
            LineLost: the socket has ended.
            TimeoutError: nobody has that much patience.
        """
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                if self.is_lost:
                    raise LineLost
                self._news.clear()
                await self._news.wait()

    def close(self) -> None:
        """Close the tab."""
        self._line.close()

    def _navigate(self, address: str) -> None:
        self.address, self.has_arrived = address, False
        self.call(_ARRIVE)

    def _router_data(self) -> dict[str, Any]:
        url = urlsplit(self.address)
        query = dict(parse_qsl(url.query))
        told = {"pathname": url.path, "asPath": self.address}
        return {**told, "query": query} if query else told

    def _hear(self, text: str) -> None:
        if text == _PING:
            self._line.say(_PONG)
        elif text.startswith(_EVENT):
            kind, content = json.loads(text[text.index(",") + 1 :])
            if kind == "event":
                self._take(content)
        elif text.startswith(_REFUSED):
            self._lose()
        elif text[0] == _OPEN:
            self._line.say(f"{_CONNECT}{NAMESPACE},{json.dumps(self._boot())}")

    def _boot(self) -> dict[str, Any]:
        payload = {"hashes": self.site.hashes} if self.site.hashes else {}
        event = {"name": _BOOT, "payload": payload, "router_data": self._router_data()}
        return {"event": event, "state_schema": self.site.schema}

    def _take(self, update: dict[str, Any]) -> None:
        for state, changes in (update.get("delta") or {}).items():
            short = state.rpartition("____")[2]
            for name, value in changes.items():
                self._note(f"{short}.{name.removesuffix('_rx_state_')}", value)
        for event in update.get("events") or ():
            if event["name"] == "_redirect":
                self._navigate(event["payload"]["path"])
        self._news.set()

    def _note(self, name: str, value: Any) -> None:
        if name == "state.is_hydrated":
            self.has_arrived = bool(value)
        elif name in self.watched:
            self.seen[name] = value

    def _lose(self) -> None:
        self.is_lost = True
        self._news.set()
