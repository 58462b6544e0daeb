"""`python -m esia_sim.typescript <folder>`: copies the file into a folder of tests."""

import shutil
import sys
from pathlib import Path

from esia_sim.typescript import FILE


def main() -> int:
    """Copy the file; returns the exit code."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
    if not folder.is_dir():
        print(f"esia_sim.typescript: no such folder: {folder}", file=sys.stderr)  # noqa: T201 - a command line
        return 1
    print(shutil.copy(FILE, folder))  # noqa: T201 - a command line
    return 0


if __name__ == "__main__":
    sys.exit(main())
