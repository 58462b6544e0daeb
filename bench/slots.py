"""Forty threads on one slot: one must win and none may fail otherwise."""

import threading
import time
from collections import Counter
from datetime import date
from pathlib import Path

from sqlmodel import Session, SQLModel, col, select

from zdrav29_app import clock
from zdrav29_app.db.engine import make_engine
from zdrav29_app.db.tables import Doctor, Slot, SlotStatus
from zdrav29_app.demo.seed import seed
from zdrav29_app.errors import SlotTaken
from zdrav29_app.identity import Browser, EsiaPerson, Viewer
from zdrav29_app.services import booking, sign_in
from zdrav29_app.values import Gender, local

THREADS = 40


def measure(file: Path) -> dict[str, float]:
    """How many won, were refused, failed; and the wall time of all against one alone."""
    engine = make_engine(f"sqlite:///{file}")
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        seed(session, today=local(clock.now()).date())
        viewers = [_viewer(session, number) for number in range(THREADS + 1)]
        free = select(Slot).join(Doctor, col(Doctor.id) == Slot.doctor_id)
        free = free.where(Slot.status == SlotStatus.FREE, Slot.starts_at > clock.now())
        slots = session.exec(free.where(Doctor.speciality_code == "therapist").limit(2)).all()
        contested, alone = slots[0].id or 0, slots[1].id or 0
    outcomes: Counter[str] = Counter()
    barrier = threading.Barrier(THREADS)

    def attempt(viewer: Viewer) -> None:
        barrier.wait()
        try:
            with Session(engine) as session, session.begin():
                booking.book_slot(session, viewer, contested)
            outcomes["won"] += 1
        except SlotTaken:
            outcomes["refused"] += 1
        except Exception:  # noqa: BLE001  the bench counts whatever else goes wrong
            outcomes["failed"] += 1

    threads = [threading.Thread(target=attempt, args=[viewer]) for viewer in viewers[1:]]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    all_ms = (time.perf_counter() - begin) * 1000
    begin = time.perf_counter()
    with Session(engine) as session, session.begin():
        booking.book_slot(session, viewers[0], alone)
    alone_ms = (time.perf_counter() - begin) * 1000
    return {
        "threads that won": outcomes["won"],
        "threads that were refused": outcomes["refused"],
        "threads that failed": outcomes["failed"],
        "forty at once, ms": all_ms,
        "forty at once / forty times one alone": all_ms / (alone_ms * THREADS),
    }


def _viewer(session: Session, number: int) -> Viewer:
    person = EsiaPerson(
        oid=2_000_000_000 + number,
        trusted=True,
        last_name="Двинская",
        first_name="Анна",
        middle_name=None,
        birth_date=date(1988, 4, 12),
        gender=Gender.FEMALE,
    )
    token = sign_in.open_session(session, person, Browser("127.0.0.1", "bench"))
    return sign_in.viewer_for(session, token)
