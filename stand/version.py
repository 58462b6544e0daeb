"""The version that a pyproject.toml gives."""

import tomllib
from pathlib import Path


def of(file: Path) -> str:
    """Read it."""
    return tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"]
