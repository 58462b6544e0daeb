"""`make bench`: all measurements, or those whose names are given; results go to bench/results/."""

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import (
    booking,
    clicks,
    clinics,
    documents,
    downloads,
    entering,
    memory,
    peers,
    search,
    sign_ins,
    slots,
    start,
    status,
    visit,
    wire,
    worlds,
)
from stand.browser import open_browser
from stand.build import build_if_stale
from stand.stand import Stand

RESULTS = Path("bench/results")
WITHOUT_PAGES = {"wire", "worlds", "memory", "peers", "search"}


def main() -> None:
    """Measure, print, write."""
    chosen = set(sys.argv[1:])
    if not chosen or chosen - WITHOUT_PAGES:
        build_if_stale()
    figures: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        alone: dict[str, Callable[[], dict[str, float]]] = {
            "start": lambda: start.measure(Path(folder) / "start"),
            "slots": lambda: slots.measure(Path(folder) / "slots.sqlite"),
            "booking": lambda: booking.measure(Path(folder) / "booking"),
            "wire": lambda: wire.measure(Path(folder) / "wire"),
            "worlds": worlds.measure,
            "memory": lambda: memory.measure(Path(folder) / "memory"),
            "peers": lambda: peers.measure(Path(folder) / "peers"),
            "guard": lambda: entering.measure_guard(Path(folder) / "guard.sqlite"),
            "search": search.measure,
            "clinics": lambda: clinics.measure(Path(folder) / "clinics.sqlite"),
            "documents": lambda: documents.measure(Path(folder) / "documents"),
            "downloads": lambda: downloads.measure(Path(folder) / "downloads"),
        }
        for name, measure in alone.items():
            if _wanted(name, chosen):
                figures[name] = measure()
        in_browser = {
            "visit": visit,
            "clicks": clicks,
            "entering": entering,
            "sign_ins": sign_ins,
            "status": status,
        }
        wanted = {name: room for name, room in in_browser.items() if _wanted(name, chosen)}
        if wanted:
            with Stand(Path(folder) / "stand") as stand, open_browser() as browser:
                for name, room in wanted.items():
                    figures[name] = room.measure(browser, stand)
    RESULTS.mkdir(parents=True, exist_ok=True)
    file = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%S}.json"
    file.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    for name, values in figures.items():
        for figure, value in values.items():
            print(f"{name:<10}{figure:<76}{value:>12,.2f}")


def _wanted(name: str, chosen: set[str]) -> bool:
    return not chosen or name in chosen


if __name__ == "__main__":
    main()
