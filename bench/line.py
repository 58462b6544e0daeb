"""A websocket on asyncio alone, so light that one process holds ten thousand of them.

RFC 6455 as a client needs it towards our own server: text only, no extensions.
"""

import asyncio
import base64
import os
from collections.abc import Callable, Mapping

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
_FINAL, _OPCODE, _MASKED, _LENGTH = 0x80, 0x0F, 0x80, 0x7F
_TWO_BYTES, _EIGHT_BYTES = 126, 127
_SMALL, _MIDDLE = 125, 0xFFFF
# a mask of zeros changes nothing: hiding bytes from a proxy is not what is measured here
_MASK = bytes(4)


class LineLost(Exception):
    """The other side refused the websocket or has closed it."""


class Line(asyncio.Protocol):
    """One websocket; `hear` is called with every text, `lose` when it has ended."""

    def __init__(self, hear: Callable[[str], None], lose: Callable[[], None]) -> None:
        self._hear, self._lose = hear, lose
        self._held = bytearray()
        self._parts: list[bytes] = []
        self._is_open = False
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def open(self, port: int, path: str, headers: Mapping[str, str]) -> None:
        """Open it to a server of this machine.

        Raises:
            LineLost: it was refused.
        """
        try:
            await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
        except OSError as error:
            raise LineLost(str(error)) from error
        self._ask(path, {"Host": f"localhost:{port}", **headers})
        await self._opened

    def say(self, text: str) -> None:
        """Send a text."""
        self._send(TEXT, text.encode())

    def close(self) -> None:
        """End it; `lose` is called soon after."""
        self._send(CLOSE, b"\x03\xe8")  # 1000: all is well
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to answer."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  what TCP gives
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits."""
        if not self._opened.done():
            self._opened.set_exception(LineLost(str(exc or "closed before it was open")))
        self._lose()

    def data_received(self, data: bytes) -> None:
        """Take what has come, frame by frame."""
        self._held += data
        if not self._is_open and not self._shake_hands():
            return
        while (frame := self._next_frame()) is not None:
            self._take(*frame)

    def _ask(self, path: str, headers: Mapping[str, str]) -> None:
        asked = {
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            **headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
        self._transport.write(f"GET {path} HTTP/1.1\r\n{lines}\r\n".encode())

    def _shake_hands(self) -> bool:
        head, end, rest = self._held.partition(b"\r\n\r\n")
        if not end:
            return False
        status = head.split(b"\r\n", 1)[0].decode("latin-1")
        if " 101" not in status:
            self._opened.set_exception(LineLost(status))
            self._transport.close()
            return False
        self._held, self._is_open = rest, True
        self._opened.set_result(None)
        return True

    def _next_frame(self) -> tuple[int, bytes] | None:
        """The first byte and the content of a frame that is there as a whole."""
        held = self._held
        if len(held) < 2:  # noqa: PLR2004  what it is, and how long
            return None
        size, begin = held[1] & _LENGTH, 2
        if size == _TWO_BYTES:
            size, begin = int.from_bytes(held[2:4], "big"), 4
        elif size == _EIGHT_BYTES:
            size, begin = int.from_bytes(held[2:10], "big"), 10
        return self._take_out(begin, size) if len(held) >= begin + size else None

    def _take_out(self, begin: int, size: int) -> tuple[int, bytes]:
        first, content = self._held[0], bytes(self._held[begin : begin + size])
        del self._held[: begin + size]
        return first, content

    def _take(self, first: int, content: bytes) -> None:
        opcode = first & _OPCODE
        if opcode == CLOSE:
            self._transport.close()
        elif opcode == PING:
            self._send(PONG, content)
        elif opcode != PONG:
            self._parts.append(content)
            if first & _FINAL:
                text = b"".join(self._parts).decode()
                self._parts.clear()
                self._hear(text)

    def _send(self, opcode: int, content: bytes) -> None:
        size = len(content)
        if size <= _SMALL:
            length = bytes([_MASKED | size])
        elif size <= _MIDDLE:
            length = bytes([_MASKED | _TWO_BYTES]) + size.to_bytes(2, "big")
        else:
            length = bytes([_MASKED | _EIGHT_BYTES]) + size.to_bytes(8, "big")
        self._transport.write(bytes([_FINAL | opcode]) + length + _MASK + content)
