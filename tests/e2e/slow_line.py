"""A bad line between browser and cabinet: slow, far, and away for a while when told to."""

import asyncio
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

CHUNK = 4096  # bytes


class SlowLine:
    """Forwards a local port to another one, so that sockets suffer like documents do.

    `rate` is in bytes a second for all connections together, `delay` in seconds there and back.
    """

    def __init__(self, *, rate: int, delay: float) -> None:
        self._rate, self._delay = rate, delay
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._every: list[asyncio.StreamWriter] = []
        self._is_away = False
        self._target = 0
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._listen())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def lead_to(self, port: int) -> None:
        """Where the other end is."""
        self._target = port

    def cut(self, seconds: float) -> None:
        """Drop every connection and take no new one for so long."""
        self._run(self._hang_up())
        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, self._come_back)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        self._turns = {True: asyncio.Lock(), False: asyncio.Lock()}
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        await self._hang_up()
        calls = asyncio.all_tasks() - {asyncio.current_task()}
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await self._hang_up()
        ends = (writer.wait_closed() for writer in self._every)
        await asyncio.gather(*ends, return_exceptions=True)

    async def _hang_up(self) -> None:
        self._is_away = True
        for writer in self._every:
            writer.transport.abort()

    def _come_back(self) -> None:
        self._is_away = False

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._every.append(writer)
        if self._is_away:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._target)
        self._every.append(back)
        await asyncio.gather(
            self._carry(reader, back, up=True), self._carry(there, writer, up=False)
        )

    async def _carry(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, *, up: bool
    ) -> None:
        try:
            while chunk := await source.read(CHUNK):
                async with self._turns[up]:
                    await asyncio.sleep(len(chunk) / self._rate)
                self._loop.call_later(self._delay / 2, sink.write, chunk)
        except ConnectionError:
            pass  # the line was cut
        self._loop.call_later(self._delay, sink.close)
