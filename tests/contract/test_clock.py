"""Time comes from `clock.now()`: nothing else reads the system clock, so tests can move it."""

import re
from pathlib import Path

SYSTEM_CLOCK = re.compile(
    r"\bdatetime\.(now|today|utcnow)\b|\bdate\.today\b|\btime\.(time|time_ns|localtime|gmtime)\b"
    r"|\bfrom time import\b|\butcfromtimestamp\b|\bfunc\.(now|current_timestamp)\b"
)
ROOT = Path(__file__).parents[2]


def test_only_the_clock_reads_the_system_clock():
    modules = [path for path in (ROOT / "zdrav29_app").rglob("*.py") if path.name != "clock.py"]

    readers = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in modules
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if SYSTEM_CLOCK.search(line)
    ]

    assert len(modules) > 10
    assert readers == []


def test_nobody_keeps_a_clock_of_their_own():
    imports = re.compile(r"from zdrav29_app\.clock import")

    keepers = [
        path.relative_to(ROOT)
        for path in (ROOT / "zdrav29_app").rglob("*.py")
        if imports.search(path.read_text(encoding="utf-8"))
    ]

    assert keepers == []
