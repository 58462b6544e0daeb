"""Two hundred users on one slot: one must win, and everybody must have an answer soon."""

import threading
import time
from collections import Counter
from pathlib import Path

from bench.region import free_times, make_region, newcomers
from zdrav29_app.db.engine import transaction
from zdrav29_app.demo.seed import DEMO
from zdrav29_app.errors import SlotTaken
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking

USERS, LIMIT_S = 200, 1


def measure(file: Path) -> dict[str, float]:
    """How many won, were refused, failed; the slowest answer; and all of them against one alone."""
    engine = make_region(file, tier=DEMO)
    with transaction() as session:
        viewers = newcomers(session, USERS + 1)
        contested, alone = free_times(session, 2)
    outcomes: Counter[str] = Counter()
    answered: list[float] = []
    barrier = threading.Barrier(USERS + 1)

    def attempt(viewer: Viewer) -> None:
        barrier.wait()
        begin = time.perf_counter()
        outcomes[_outcome(viewer, contested)] += 1
        answered.append(time.perf_counter() - begin)

    threads = [threading.Thread(target=attempt, args=[viewer]) for viewer in viewers[1:]]
    for thread in threads:
        thread.start()
    barrier.wait()
    for thread in threads:
        thread.join()
    begin = time.perf_counter()
    _outcome(viewers[0], alone)
    alone_s = time.perf_counter() - begin
    engine.dispose()
    return {
        "users that won": outcomes["won"],
        "users that were refused": outcomes["refused"],
        "users that failed": outcomes["failed"],
        "the slowest answer, s": max(answered),
        "the slowest answer / limit of 1 s": max(answered) / LIMIT_S,
        "the slowest answer / two hundred times one alone": max(answered) / (alone_s * USERS),
    }


def _outcome(viewer: Viewer, slot_id: int) -> str:
    try:
        with transaction() as session:
            booking.book_slot(session, viewer, slot_id)
    except SlotTaken:
        return "refused"
    except Exception:  # noqa: BLE001  the bench counts whatever else goes wrong
        return "failed"
    return "won"
