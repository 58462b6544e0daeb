"""Documents: a long list, and a structured file made a page, with trends beside its results."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from obstore.store import LocalStore
from sqlmodel import Session, SQLModel

from bench.region import newcomers
from zdrav29_app import archive, clock
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.engine import in_transaction, make_engine
from zdrav29_app.demo import cda_maker
from zdrav29_app.demo.cda_maker import Part, Signed, Subject
from zdrav29_app.gateways import file_keys, files
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import DocumentFormat, DocumentKind, Measured, StoredFile
from zdrav29_app.services import arrivals, document_search, documents
from zdrav29_app.services.arrivals import NewDocument, NewVersion
from zdrav29_app.services.document_search import Wanted
from zdrav29_app.services.documents import Action
from zdrav29_app.state.readable_cards import section_cards
from zdrav29_app.values import FullName, Gender, local

DOCUMENTS, ROUNDS = 500, 100  # so many that the first, cold round is not the p95
RESULTS, EARLIER = 40, 10


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds."""
    folder.mkdir(parents=True, exist_ok=True)
    return {**_list(folder / "list.sqlite"), **_readable(folder)}


def own_store(folder: Path) -> None:
    """Let the house keep its files in this folder, under a master key of this process."""
    file_keys.settings = SimpleNamespace(files_key=file_keys.new_key())  # pyright: ignore[reportAttributeAccessIssue]
    kept = LocalStore(folder / "files", mkdir=True)
    files.store = lambda: kept  # pyright: ignore[reportAttributeAccessIssue]


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


def _readable(folder: Path) -> dict[str, float]:
    own_store(folder)
    engine = make_engine(f"sqlite:///{folder / 'readable.sqlite'}")
    engine_room.engine = lambda: engine
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        viewers = newcomers(session, 2)
    return asyncio.run(_openings(*viewers))


async def _openings(first: Viewer, patient: Viewer) -> dict[str, float]:
    """Of a first laboratory document, and of one with as many tests behind it."""
    alone = await _laboratory(first, clock.now())
    for number in range(EARLIER):
        await _laboratory(patient, clock.now() - timedelta(days=100 * (number + 1)))
    last = await _laboratory(patient, clock.now())
    return {
        **await _spent("XML to page", lambda: _open(first, alone)),
        **await _spent(f"with trends of {EARLIER} earlier", lambda: _open(patient, last)),
    }


async def _laboratory(viewer: Viewer, at: datetime) -> int:
    results = tuple(Measured(f"T{n}", f"Показатель {n}", n, "г/л", 1, 30) for n in range(RESULTS))
    content = cda_maker.document(
        number=1,
        template=(7, 5),
        kind=7,
        title="Анализ",
        of=Subject(1, FullName("Двинская", "Анна"), date(1988, 4, 12), Gender.FEMALE, "", ""),
        by=Signed(FullName("Лодьева", "Мария"), "Врач", "Клиника", at),
        parts=[Part("RESLAB", "Результаты", results=results)],
    )
    new = NewDocument(DocumentKind.LAB, "Анализ", local(at).date(), "Лодьева Мария")
    version = await archive.new_version(content, DocumentFormat.XML, made_at=at)
    return await in_transaction(arrivals.add, viewer.patient_id, new, version)


async def _open(viewer: Viewer, document_id: int) -> None:
    """All that is done between the click and the cards and the page that go to the browser."""
    opened = await in_transaction(
        documents.open_document, viewer, document_id, act=Action.DOCUMENT_OPENED
    )
    readable = await archive.readable(opened.shown.file)
    history = await archive.results_over_time(
        viewer, until=opened.paper.issued_on, read={opened.shown.file: readable}
    )
    section_cards(readable, history, "")
    # the frame asks for itself
    framed = await in_transaction(
        documents.open_document, viewer, document_id, act=Action.DOCUMENT_OPENED
    )
    await archive.page(framed.shown.file, {})


def _p95(act: Callable[[], Any]) -> float:
    times: list[float] = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.quantiles(times, n=20)[-1]


async def _spent(name: str, act: Callable[[], Awaitable[None]]) -> dict[str, float]:
    """By the clock, and by the processor, whose time other work on the machine does not touch."""
    walls: list[float] = []
    begin_processor = time.process_time()
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        await act()
        walls.append((time.perf_counter() - begin) * 1000)
    processor = (time.process_time() - begin_processor) * 1000 / ROUNDS
    return {
        f"{name}, median ms": statistics.median(walls),
        f"{name}, p95 ms": statistics.quantiles(walls, n=20)[-1],
        f"{name}, ms of processor": processor,
    }
