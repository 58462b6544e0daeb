"""`python -m stand.lock`: makes the Python lock files anew from pyproject.toml.

What is pinned stays while it fits; options of uv's compiler go behind, `--upgrade` for instance.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

FOLDER, RUN, TEST = Path("lock"), "run.txt", "test.txt"
_COMPILE: Final = (
    *("-m", "uv", "pip", "compile", "-q", "--universal", "--generate-hashes"),
    *("--no-annotate", "--no-header", "pyproject.toml"),
)


class LockError(Exception):
    """The lock could not be made; the message is uv's own."""


def write(root: Path, folder: Path, *options: str) -> None:
    """Write both files into the folder, which may hold those of before.

    Raises:
        LockError: a requirement cannot be met, or the registry does not answer.
    """
    run, test = (str(folder.resolve() / name) for name in (RUN, TEST))
    _compile(root, *options, "-o", run)
    _compile(root, *options, "--group", "dev", "-c", run, "-o", test)


def _compile(root: Path, *options: str) -> None:
    done = subprocess.run(
        [sys.executable, *_COMPILE, *options],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise LockError(done.stderr.strip())


if __name__ == "__main__":
    try:
        write(Path(), FOLDER, *sys.argv[1:])
    except LockError as error:
        sys.exit(str(error))
