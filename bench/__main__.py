"""`make bench`: all measurements, or those whose names are given; results go to bench/results/.

Those of the region tier take a number too, for a smaller try: `idle=500`. Where PostgreSQL or Redis
do not answer, they are left out in words.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench import (
    booking,
    clicks,
    clinics,
    documents,
    downloads,
    entering,
    idle,
    memory,
    peers,
    rush,
    search,
    sign_ins,
    slots,
    start,
    status,
    visit,
    wire,
    workers,
    worlds,
)
from stand.browser import open_browser
from stand.build import build_if_stale
from stand.stand import Stand

RESULTS = Path("bench/results")
_OF_TIER = {"search": search, "rush": rush, "idle": idle, "workers": workers}
WITHOUT_PAGES = {"wire", "worlds", "memory", "peers", "search"}


def main() -> None:
    """Measure, print, write."""
    chosen = {name: number for name, _, number in (each.partition("=") for each in sys.argv[1:])}
    if not chosen or chosen.keys() - WITHOUT_PAGES:
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
            "clinics": lambda: clinics.measure(Path(folder) / "clinics.sqlite"),
            "documents": lambda: documents.measure(Path(folder) / "documents"),
            "downloads": lambda: downloads.measure(Path(folder) / "downloads"),
        }
        for name, measure in alone.items():
            if _wanted(name, chosen):
                figures[name] = measure()
        figures |= _of_tier(chosen, Path(folder))
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


def _of_tier(chosen: dict[str, str], folder: Path) -> dict[str, dict[str, float]]:
    """Measure what needs PostgreSQL and Redis, or say why not."""
    figures: dict[str, dict[str, float]] = {}
    for name, room in _OF_TIER.items():
        if not _wanted(name, chosen):
            continue
        smaller = [int(number)] if (number := chosen.get(name)) else []
        try:
            figures[name] = room.measure(folder / name, *smaller)
        except pytest.skip.Exception as missing:
            print(f"{name:<10}not measured: {missing}")
    return figures


def _wanted(name: str, chosen: dict[str, str]) -> bool:
    return not chosen or name in chosen


if __name__ == "__main__":
    main()
