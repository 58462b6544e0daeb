"""Search and confirmation in the whole region on PostgreSQL, and how they grow with its times.

Each search stands beside its own statements, given to the driver alone in the same run.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from bench.bare import Statement, recorded
from bench.region import OPEN_TO_ALL, free_times, newcomers
from tests import servers
from zdrav29_app import clock
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import Clinic, Doctor, Speciality
from zdrav29_app.demo.region.fill import fill
from zdrav29_app.demo.region.size import REGION, Size
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, timetable
from zdrav29_app.services.timetable import Wanted
from zdrav29_app.values import local

ROUNDS, WARM = 120, 20
TIMES = (10_000, 100_000)
LIMIT_MS, LIMIT_OF_SQL = 60, 1.5

Work = Callable[[Session], object]


def measure(_: Path, largest: int = REGION.slots) -> dict[str, float]:
    """95th percentiles in milliseconds by the number of times, and their share of bare SQL."""
    return {
        f"{name}, {times // 1000} k times": value
        for times in (*TIMES, largest)
        for name, value in _of_size(times, with_confirming=times == largest).items()
    }


def _of_size(times: int, *, with_confirming: bool) -> dict[str, float]:
    size = Size(REGION.places, REGION.doctors, patients=1000, slots=times, documents=1)
    with servers.database() as engine:
        SQLModel.metadata.create_all(engine)
        engine_room.engine = lambda: engine
        with transaction() as session:
            fill(session, size, local(clock.now()).date())
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")  # as the server itself does before long
        with transaction() as session:
            viewers = newcomers(session, ROUNDS)
            filters = [_look(viewers[0], wanted) for wanted in _filters(session)]
            chosen = free_times(session, 2 * ROUNDS)[ROUNDS:]  # the first ones begin meanwhile
        return {
            **_beside_bare(engine, "filter", filters),
            **_beside_bare(engine, "search of anything", [_look(viewers[0], Wanted())]),
            **(_confirms(viewers, chosen) if with_confirming else {}),
        }


def _filters(session: Session) -> list[Wanted]:
    codes = session.exec(select(Speciality.code).join(Doctor).distinct().order_by(Speciality.code))
    districts = session.exec(select(Clinic.district).distinct().order_by(Clinic.district))
    return [
        *(Wanted(speciality=code) for code in codes),
        *(Wanted(district=district, speciality=OPEN_TO_ALL) for district in districts),
    ]


def _look(viewer: Viewer, wanted: Wanted) -> Work:
    return lambda session: timetable.look(session, viewer, wanted)


def _beside_bare(engine: Engine, name: str, works: Sequence[Work]) -> dict[str, float]:
    with engine.connect() as held:
        driver: Any = held.connection.driver_connection
        ours, bare = zip(
            *(_once(engine, driver, work) for work in islice(cycle(works), ROUNDS + WARM)),
            strict=True,
        )
    ours, bare = ours[WARM:], bare[WARM:]
    return {
        f"{name}, p95 ms": _p95(ours),
        f"{name} / limit of {LIMIT_MS} ms": _p95(ours) / LIMIT_MS,
        f"{name}, its SQL alone, p95 ms": _p95(bare),
        f"{name}, p95 / its SQL alone (limit {LIMIT_OF_SQL})": _p95(ours) / _p95(bare),
    }


def _once(engine: Engine, driver: Any, work: Work) -> tuple[float, float]:
    with recorded(engine) as statements:
        begin = time.perf_counter()
        with transaction(read_only=True) as session:
            work(session)
        ours = time.perf_counter() - begin
    begin = time.perf_counter()
    _run_bare(driver, statements)
    return ours * 1000, (time.perf_counter() - begin) * 1000


def _run_bare(driver: Any, statements: Sequence[Statement]) -> None:
    with driver.cursor() as cursor:
        for one in statements:
            cursor.execute(one.text, one.values)
            cursor.fetchall()
    driver.rollback()


def _confirms(viewers: Sequence[Viewer], chosen: Sequence[int]) -> dict[str, float]:
    times = [_confirm(*pair) for pair in zip(viewers, chosen, strict=True)]
    return {
        "confirm, p95 ms": _p95(times),
        f"confirm / limit of {LIMIT_MS} ms": _p95(times) / LIMIT_MS,
    }


def _confirm(viewer: Viewer, slot_id: int) -> float:
    begin = time.perf_counter()
    with transaction() as session:
        booking.book_slot(session, viewer, slot_id)
    return (time.perf_counter() - begin) * 1000


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
