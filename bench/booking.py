"""Booking in the large region (120 places, 400 doctors, 80,000 times; SQLite in a file).

Each figure stands beside the same statements run again on the driver alone, in the same run.
"""

import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

from sqlalchemy import Engine, func
from sqlmodel import Session, select

from bench.bare import Driver, Statement, recorded
from bench.export import export
from bench.region import OPEN_TO_ALL, free_times, make_region, newcomers
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import Clinic, Doctor, Slot
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, timetable
from zdrav29_app.services import free_times as slots_of
from zdrav29_app.services.timetable import Wanted

ROUNDS = 60
SEED_LIMIT_S = 20
FILTER_LIMIT_MS, NEAREST_LIMIT_MS, STRIP_LIMIT_MS, CONFIRM_LIMIT_MS = 60, 60, 20, 25

Work = Callable[[Session], object]


def measure(folder: Path) -> dict[str, float]:
    """95th percentiles in milliseconds, their limits, and the bare SQL of the same work."""
    folder.mkdir(parents=True)
    before = _export_of(folder / "before.sqlite")
    begin = time.perf_counter()
    engine = make_region(folder / "region.sqlite")
    seeding = time.perf_counter() - begin
    with transaction() as session:
        figures = {
            "times": session.exec(select(func.count()).select_from(Slot)).one(),
            "seed, s": seeding,
            "seed / limit of 20 s": seeding / SEED_LIMIT_S,
            "seed again, the same bytes (1: yes)": float(export(session) == before),
        }
    with transaction() as session:
        viewers = newcomers(session, ROUNDS)
        looks = _looks(session, viewers[0])
        confirms = _confirms(session, viewers)
    for name, limit, works in (*looks, confirms):
        figures |= _beside_bare(engine, folder / "region.sqlite", name, limit, works)
    engine.dispose()
    return figures


def _export_of(file: Path) -> bytes:
    engine = make_region(file)
    with transaction() as session:
        found = export(session)
    engine.dispose()
    return found


def _looks(session: Session, viewer: Viewer) -> list[tuple[str, int, list[Work]]]:
    districts = session.exec(select(Clinic.district).distinct()).all()
    codes = session.exec(select(Doctor.speciality_code).distinct()).all()
    branches = session.exec(
        select(Doctor.branch_id).where(Doctor.speciality_code == OPEN_TO_ALL).distinct()
    ).all()
    filters = [Wanted(speciality=code) for code in codes]
    filters += [Wanted(district=district, speciality=OPEN_TO_ALL) for district in districts]
    nearest = [Wanted(), *(Wanted(district=district) for district in districts)]
    return [
        ("filter", FILTER_LIMIT_MS, [_look(viewer, wanted) for wanted in filters]),
        ("nearest by district", NEAREST_LIMIT_MS, [_look(viewer, wanted) for wanted in nearest]),
        ("day strip", STRIP_LIMIT_MS, [_strip(viewer, branch) for branch in branches]),
    ]


def _look(viewer: Viewer, wanted: Wanted) -> Work:
    return lambda session: timetable.look(session, viewer, wanted)


def _strip(viewer: Viewer, branch_id: int) -> Work:
    def days(session: Session) -> object:
        patient = booking.patient_of(session, viewer)
        doctors = select(Doctor.id).where(
            Doctor.branch_id == branch_id, Doctor.speciality_code == OPEN_TO_ALL
        )
        there = [one or 0 for one in session.exec(doctors)]
        slots = slots_of.times_of(session, slots_of.for_patient(patient, set()), there)
        return timetable._days(slots)  # noqa: SLF001  a part of the page, measured alone

    return days


def _confirms(session: Session, viewers: Sequence[Viewer]) -> tuple[str, int, list[Work]]:
    chosen = zip(viewers, free_times(session, len(viewers)), strict=True)
    return "confirm", CONFIRM_LIMIT_MS, [_confirm(viewer, slot) for viewer, slot in chosen]


def _confirm(viewer: Viewer, slot_id: int) -> Work:
    return lambda session: booking.book_slot(session, viewer, slot_id)


def _beside_bare(
    engine: Engine, file: Path, name: str, limit: int, works: Sequence[Work]
) -> dict[str, float]:
    """The work in a transaction of its own, then its statements on a copy of the same rows."""
    works = list(chain.from_iterable([works] * -(-ROUNDS // len(works))))[:ROUNDS]
    is_writing = name == "confirm"
    copy = _copy(engine, file, file.with_name(f"{name}.sqlite"))
    ours: list[float] = []
    busy: list[float] = []
    kept: list[list[Statement]] = []
    for work in works:
        with recorded(engine) as statements:
            begin, begin_busy = time.perf_counter(), time.thread_time()
            with transaction(read_only=not is_writing) as session:
                work(session)
            ours.append((time.perf_counter() - begin) * 1000)
            busy.append((time.thread_time() - begin_busy) * 1000)
        kept.append(statements)
    driver = Driver(copy)
    bare: list[float] = []
    for statements in kept:
        begin = time.perf_counter()
        driver.run(statements)
        bare.append((time.perf_counter() - begin) * 1000)
    driver.connection.close()
    return {
        f"{name}, p95 ms": _p95(ours),
        f"{name} / limit of {limit} ms": _p95(ours) / limit,
        f"{name}, CPU of it, p95 ms": _p95(busy),  # what a machine that does nothing else needs
        f"{name}, its SQL alone, p95 ms": _p95(bare),
        f"{name}, median / its SQL alone": statistics.median(ours) / statistics.median(bare),
    }


def _copy(engine: Engine, file: Path, to: Path) -> Path:
    engine.dispose()  # the last connection to close writes everything into the file
    shutil.copyfile(file, to)
    return to


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
