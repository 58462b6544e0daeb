"""The list of clinics a person may choose from, over a whole region of places."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bench.bare import Driver, recorded
from bench.region import make_region, newcomers
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import Patient
from zdrav29_app.demo.people import nearest_clinic
from zdrav29_app.demo.seed import Tier
from zdrav29_app.services import clinic_choices

PLACES, ROUNDS = 550, 200


def measure(file: Path) -> dict[str, float]:
    """Milliseconds of the service, and of its own statements on the driver alone."""
    engine = make_region(file, tier=Tier(places=PLACES, doctors=0))
    with transaction() as session:
        [viewer] = newcomers(session, 1)
        patient = session.get_one(Patient, viewer.patient_id)
        patient.clinic_id = nearest_clinic(session, patient)
    with recorded(engine) as statements, Session(engine) as session:
        found = clinic_choices.choices(session, viewer)
    driver = Driver(file)

    def listed(words: str = "") -> None:
        with Session(engine) as session:
            clinic_choices.choices(session, viewer, words)

    return {
        f"clinics offered of {PLACES} places": float(len(found)),
        "list, p95 ms": _p95(listed),
        "search by two words, p95 ms": _p95(lambda: listed("помор архангельск")),
        "the same SQL bare, p95 ms": _p95(lambda: driver.run(statements)),
    }


def _p95(act: Callable[[], Any]) -> float:
    times: list[float] = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.quantiles(times, n=20)[-1]
