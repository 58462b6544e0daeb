"""Downloads of a large file, encrypted and bare, by the same server in the same run.

The server is a process of its own. Both are taken in turns and compared pair by pair, so what else
the machine does falls on both; the processor's time of the server stands beside, which other work
does not touch at all.
"""

import asyncio
import multiprocessing
import os
import socket
import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import httpx
import psutil
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from bench.documents import own_store
from zdrav29_app.gateways import files

MB = 1024 * 1024
LARGE, PARALLEL, ROUNDS = 15 * MB, 20, 30
PAIRS = 25


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds, megabytes, and the encrypted download as a share of the bare one."""
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    spawn = multiprocessing.get_context("spawn")
    server = spawn.Process(target=_serve, args=(folder, port), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        return _figures(server.pid or 0, f"{address}/sealed", f"{address}/bare")
    finally:
        server.terminate()
        server.join()


def _figures(pid: int, sealed: str, bare: str) -> dict[str, float]:
    _drain(sealed), _drain(bare)
    return {
        "first byte of 15 MB, median ms": _first_byte(sealed),
        f"memory growth of {PARALLEL} encrypted, MB": _growth(pid, sealed),
        f"memory growth of {PARALLEL} encrypted again, MB": _growth(pid, sealed),
        f"memory growth of {PARALLEL} bare then, MB": _growth(pid, bare),
        **_throughputs(psutil.Process(pid), sealed, bare),
    }


def _serve(folder: Path, port: int) -> None:
    own_store(folder)
    content = os.urandom(LARGE)
    (folder / "bare").write_bytes(content)
    stored = asyncio.run(files.put(content))
    del content

    async def sealed(_: Request) -> Response:
        headers = {"Content-Length": str(stored.size)}
        return StreamingResponse(files.stream(stored), headers=headers)

    async def bare(_: Request) -> Response:
        return FileResponse(folder / "bare")

    app = Starlette(routes=[Route("/sealed", sealed), Route("/bare", bare)])
    uvicorn.run(app, port=port, log_level="error")


def _wait_for(address: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{address}/nothing")
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def _throughputs(server: psutil.Process, sealed: str, bare: str) -> dict[str, float]:
    pairs = [(_timed(server, sealed), _timed(server, bare)) for _ in range(PAIRS)]
    walls = [other.wall / own.wall for own, other in pairs]
    processor = [sum(each.processor for each in one) for one in zip(*pairs, strict=True)]
    return {
        "encrypted download, median MB/s": LARGE / MB / statistics.median(p.wall for p, _ in pairs),
        "encrypted / bare throughput, median": statistics.median(walls),
        "the same by processor time of the server": processor[1] / processor[0],
    }


class _Spent(NamedTuple):
    """Seconds of one download: by the clock, and of the server's processor."""

    wall: float
    processor: float


def _timed(server: psutil.Process, url: str) -> _Spent:
    before, begin = server.cpu_times(), time.perf_counter()
    _drain(url)
    wall, after = time.perf_counter() - begin, server.cpu_times()
    return _Spent(wall, after.user + after.system - before.user - before.system)


def _client() -> httpx.Client:
    # a context of TLS takes longer to make than a file to arrive
    return httpx.Client(verify=False, timeout=60)  # noqa: S501  plain http


def _drain(url: str) -> int:
    with _client() as client, client.stream("GET", url) as answer:
        return sum(len(piece) for piece in answer.iter_raw())


def _first_byte(url: str) -> float:
    times: list[float] = []
    with _client() as client:
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            with client.stream("GET", url) as answer:
                next(answer.iter_raw())
                times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


def _growth(pid: int, url: str) -> float:
    process = psutil.Process(pid)
    before, highest, is_over = process.memory_info().rss, 0, threading.Event()

    def watch() -> None:
        nonlocal highest
        while not is_over.wait(0.01):
            highest = max(highest, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(_drain, [url] * PARALLEL))
    is_over.set()
    watcher.join()
    return max(highest - before, 0) / MB


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
