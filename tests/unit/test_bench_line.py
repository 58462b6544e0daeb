"""The websocket of the benches, towards a server that speaks and one that refuses."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Request, TextMessage

from bench.line import Line, LineLost
from tests.conftest import run

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
LONG = "длинный " * 20_000


async def _open(serve: Serve, heard: list[str]) -> Line:
    lost = asyncio.Event()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        line = Line(heard.append, lost.set)
        port = server.sockets[0].getsockname()[1]
        await line.open(port, "/", {"Cookie": "a=b"}, protocol="1")
        line.say("hello")
        await asyncio.wait_for(lost.wait(), 10)
    return line


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    speech = WSConnection(ConnectionType.SERVER)
    while data := await reader.read(65_536):
        speech.receive_data(data)
        for event in speech.events():
            if isinstance(event, Request):
                writer.write(speech.send(AcceptConnection(subprotocol="1")))
            elif isinstance(event, TextMessage):
                cut = [TextMessage(data="in ", message_finished=False), TextMessage(data="two")]
                for text in (TextMessage(data=event.data), *cut, TextMessage(data=LONG)):
                    writer.write(speech.send(text))
                writer.write(speech.send(CloseConnection(code=1000)))
    writer.close()


def test_texts_are_heard_whole_until_the_other_side_closes():
    heard: list[str] = []

    run(_open(_echo, heard))

    assert heard == ["hello", "in two", LONG]


def test_a_line_that_is_refused_says_so():
    async def refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\n\r\n")
        writer.close()

    with pytest.raises(LineLost, match="503"):
        run(_open(refuse, []))
