"""Documents: a long list, a large file bare and encrypted, a structured file made readable."""

import asyncio
import multiprocessing
import os
import socket
import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import psutil
import uvicorn
from obstore.store import LocalStore
from sqlmodel import Session, SQLModel
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from bench.region import newcomers
from zdrav29_app import clock
from zdrav29_app.db.engine import make_engine
from zdrav29_app.demo import cda_maker
from zdrav29_app.demo.cda_maker import Part, Signed, Subject
from zdrav29_app.gateways import cda, file_keys, files
from zdrav29_app.papers import DocumentFormat, DocumentKind, Measured, StoredFile
from zdrav29_app.services import arrivals, document_search
from zdrav29_app.services.arrivals import NewDocument, NewVersion
from zdrav29_app.services.document_search import Wanted
from zdrav29_app.state.readable_cards import section_cards
from zdrav29_app.values import FullName, Gender

DOCUMENTS, LARGE, PARALLEL, ROUNDS = 500, 15 * 1024 * 1024, 20, 30
MB = 1024 * 1024


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds, megabytes, and the encrypted download as a share of the bare one."""
    folder.mkdir(parents=True, exist_ok=True)
    return {**_list(folder / "list.sqlite"), **_readable(), **_downloads(folder)}


def _list(file: Path) -> dict[str, float]:
    engine = make_engine(f"sqlite:///{file}")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        [viewer] = newcomers(session, 1)
        for number in range(DOCUMENTS):
            version = NewVersion(
                StoredFile(str(number), "00", 1000, "0" * 64), DocumentFormat.XML, clock.now()
            )
            day, doctor = date(2020, 1, 1) + timedelta(number), f"Врач {number % 9}"
            new = NewDocument(DocumentKind.LAB, "Анализ", day, doctor)
            arrivals.add(session, viewer.patient_id, new, version)

    def find() -> None:
        with Session(engine) as session:
            document_search.find(session, viewer, Wanted(words="анализ"), 1)

    return {f"list of {DOCUMENTS}, p95 ms": _p95(find)}


def _readable() -> dict[str, float]:
    results = tuple(Measured(f"T{n}", f"Показатель {n}", n, "г/л", 1, 30) for n in range(40))
    content = cda_maker.document(
        number=1,
        template=(7, 5),
        kind=7,
        title="Анализ",
        of=Subject(1, FullName("Двинская", "Анна"), date(1988, 4, 12), Gender.FEMALE, "", ""),
        by=Signed(FullName("Лодьева", "Мария"), "Врач", "Клиника", datetime.now(UTC)),
        parts=[Part("RESLAB", "Результаты", results=results)],
    )
    return {"XML to readable cards, p95 ms": _p95(lambda: section_cards(cda.read(content), {}, ""))}


def _p95(act: Callable[[], Any]) -> float:
    times: list[float] = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.quantiles(times, n=20)[-1]


def _downloads(folder: Path) -> dict[str, float]:
    port = _free_port()
    spawn = multiprocessing.get_context("spawn")
    server = spawn.Process(target=_serve, args=(folder, port), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address)
        sealed, bare = _throughputs(f"{address}/sealed", f"{address}/bare")
        first_ms = _first_byte(f"{address}/sealed")
        bare_growth = _growth(server.pid or 0, f"{address}/bare")
        growth = _growth(server.pid or 0, f"{address}/sealed")
    finally:
        server.terminate()
        server.join()
    return {
        "first byte of 15 MB, median ms": first_ms,
        "encrypted download, MB/s": sealed,
        "encrypted / bare throughput": sealed / bare,
        f"memory growth of {PARALLEL} bare downloads, MB": bare_growth,
        f"memory growth of {PARALLEL} encrypted ones then, MB": growth,
    }


def _serve(folder: Path, port: int) -> None:
    file_keys.settings = SimpleNamespace(files_key=file_keys.new_key())  # pyright: ignore[reportAttributeAccessIssue]
    kept = LocalStore(folder / "files", mkdir=True)
    files.store = lambda: kept  # pyright: ignore[reportAttributeAccessIssue]
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


def _throughputs(*urls: str) -> list[float]:
    """MB/s of each, taken in turns: what else the machine does falls on all alike."""
    times: list[list[float]] = [[] for _ in urls]
    for _ in range(ROUNDS // 2):
        for url, of_url in zip(urls, times, strict=True):
            begin = time.perf_counter()
            _drain(url)
            of_url.append(time.perf_counter() - begin)
    return [LARGE / MB / statistics.median(each) for each in times]


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
