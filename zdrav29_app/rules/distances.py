"""How far districts lie from each other by road (distances.yaml: an assumption of the stand)."""

from functools import cache
from pathlib import Path

import yaml


def road_km(start: str, end: str) -> int | None:
    """Rounded kilometres from one district to another; None when the table does not know."""
    return 0 if start == end else _table().get(frozenset((start, end)))


@cache
def _table() -> dict[frozenset[str], int]:
    text = Path(__file__).with_name("distances.yaml").read_text(encoding="utf-8")
    rows: dict[str, dict[str, int]] = yaml.safe_load(text)
    return {frozenset((start, end)): km for start, ends in rows.items() for end, km in ends.items()}
