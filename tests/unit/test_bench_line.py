"""The websocket of the benches: whole texts out of whatever pieces TCP makes."""

import asyncio
from typing import Any

import pytest

from bench.line import Line, LineLost

HELLO = b"HTTP/1.1 101 Switching Protocols\r\n\r\n"


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""

    def write(self, data: Any) -> None:
        self.sent += data

    def close(self) -> None:
        self.sent += b"closed"


def heard_of(*pieces: bytes) -> tuple[list[str], bytes]:
    async def hear() -> tuple[list[str], bytes]:
        heard: list[str] = []
        wire, line = Wire(), Line(heard.append, lambda: None)
        line.connection_made(wire)
        for piece in pieces:
            line.data_received(piece)
        return heard, wire.sent

    return asyncio.run(hear())


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
@pytest.mark.parametrize("step", [1_000_000, 7])
def test_a_text_of_any_length_is_heard_however_it_is_cut(size: int, step: int):
    text = b"a" * size
    if size < 126:
        length = bytes([size])
    elif size < 65_536:
        length = b"\x7e" + size.to_bytes(2, "big")
    else:
        length = b"\x7f" + size.to_bytes(8, "big")
    whole = HELLO + b"\x81" + length + text + b"\x81\x012"

    heard, _ = heard_of(*(whole[at : at + step] for at in range(0, len(whole), step)))

    assert heard == [text.decode(), "2"]


def test_a_text_in_two_frames_is_one():
    heard, _ = heard_of(HELLO, b"\x01\x01a", b"\x80\x01b")

    assert heard == ["ab"]


def test_a_ping_is_answered_and_a_close_ends_the_line():
    heard, sent = heard_of(HELLO, b"\x89\x01p", b"\x88\x00")

    assert heard == []
    assert sent == b"\x8a\x81\x00\x00\x00\x00p" + b"closed"


def test_a_line_that_is_refused_says_so():
    async def open_it() -> None:
        async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
            writer.close()

        server = await asyncio.start_server(refuse, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            await Line(lambda _: None, lambda: None).open(port, "/", {})

    with pytest.raises(LineLost, match="503"):
        asyncio.run(open_it())
