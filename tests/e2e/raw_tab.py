"""A tab without a browser: speaks Reflex's socket directly, as an attacker would."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import socketio

NAMESPACE = "/_event"
STATE = "reflex___state____state"


def handler(module: str, state: str, name: str) -> str:
    """The public name of an event handler, e.g. ("booking", "booking_state", "confirm")."""
    return f"{STATE}.zdrav29_app___state___{module}____{state}.{name}"


class RawTab:
    """One socket. `frames` are all messages from the server, as JSON text."""

    def __init__(self, client: socketio.Client) -> None:
        self.client = client
        self.frames: list[str] = []
        self.answered = threading.Event()
        client.on("event", self._keep, namespace=NAMESPACE)

    def _keep(self, frame: Any) -> None:
        self.frames.append(frame if isinstance(frame, str) else json.dumps(frame, default=str))
        self.answered.set()

    def send(self, name: str, payload: dict[str, Any], *, path: str = "/appointments") -> str:
        """Send an event and return the first answer after it."""
        self.answered.clear()
        before = len(self.frames)
        event = {
            "name": name,
            "payload": payload,
            "router_data": {"pathname": path, "asPath": path},
        }
        self.client.emit("event", event, namespace=NAMESPACE)
        assert self.answered.wait(5), f"no answer to {name}"
        return "\n".join(self.frames[before:])

    def hydrate(self, path: str = "/appointments") -> str:
        """What a browser sends first."""
        return self.send(f"{STATE}.hydrate", {}, path=path)


@contextmanager
def raw_tab(url: str, *, cookie: str = "", origin: str = "", token: str = "") -> Iterator[RawTab]:
    """Open a socket with this cookie, this Origin and this tab token."""
    client = socketio.Client(reconnection=False, websocket_extra_options={"origin": origin or url})
    tab = RawTab(client)
    headers = {"Cookie": cookie} if cookie else {}
    client.connect(
        f"{url}/?token={token or uuid4()}",
        headers=headers,
        socketio_path="/_event",
        namespaces=[NAMESPACE],
        transports=["websocket"],
    )
    try:
        yield tab
    finally:
        client.disconnect()
