"""What CHANGELOG.md says of a version."""

import re
from pathlib import Path
from typing import Final

FILE: Final = "CHANGELOG.md"
UNRELEASED: Final = "Unreleased"
_HEADING = re.compile(r"^## \[?([^\]\s]+)\]?.*\n", re.MULTILINE)


def of_version(root: Path, version: str) -> str:
    """What stands below the heading of the version; empty without one, or with nothing below."""
    text = (root / FILE).read_text(encoding="utf-8")
    _, *parts = _HEADING.split(text)
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    return sections.get(version, "").strip()
