"""A websocket so light that one process holds ten thousand of them."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    CloseConnection,
    Event,
    Ping,
    RejectConnection,
    Request,
    TextMessage,
)
from wsproto.utilities import ProtocolError


class LineLost(Exception):
    """The other side refused the websocket or has closed it."""


class Line(asyncio.Protocol):
    """One websocket; `hear` is called with every text, `lose` when it has ended."""

    def __init__(self, hear: Callable[[str], None], lose: Callable[[], None]) -> None:
        self._hear, self._lose = hear, lose
        self._speech = WSConnection(ConnectionType.CLIENT)
        self._parts: list[str] = []
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def open(
        self, port: int, path: str, headers: Mapping[str, str], *, protocol: str
    ) -> None:
        """Open it to a server of this machine.

        Raises:
            LineLost: it was refused.
        """
        try:
            await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
        except OSError as error:
            raise LineLost(str(error)) from error
        told = [(name.encode(), value.encode()) for name, value in headers.items()]
        host = f"localhost:{port}"
        self._send(Request(host=host, target=path, extra_headers=told, subprotocols=[protocol]))
        await self._opened

    def say(self, text: str) -> None:
        """Send a text.

        Raises:
            LineLost: it has ended.
        """
        self._send(TextMessage(data=text))

    def close(self) -> None:
        """End it; `lose` is called soon after."""
        with suppress(LineLost):
            self._send(CloseConnection(code=1000))
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to answer."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  what TCP gives
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        self._refuse(str(exc or "closed before it was open"))
        self._lose()

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        try:
            self._speech.receive_data(data)
            for event in self._speech.events():
                self._take(event)
        except ProtocolError as error:
            self._refuse(str(error))
            self._transport.close()

    def _take(self, event: Event) -> None:
        match event:
            case AcceptConnection():
                self._opened.set_result(None)
            case RejectConnection(status_code=status):
                self._refuse(f"refused with {status}")
            case TextMessage(data=text, message_finished=is_whole):
                self._parts.append(text)
                if is_whole:
                    whole = "".join(self._parts)
                    self._parts.clear()
                    self._hear(whole)
            case Ping():
                self._send(event.response())
            case CloseConnection():
                self._transport.close()
            case _:
                pass

    def _refuse(self, reason: str) -> None:
        if not self._opened.done():
            self._opened.set_exception(LineLost(reason))

    def _send(self, event: Event) -> None:
        try:
            self._transport.write(self._speech.send(event))
        except ProtocolError as error:
            raise LineLost(str(error)) from error
