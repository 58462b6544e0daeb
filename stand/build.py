"""`python -m stand.build`: builds the front end when anything it is made of has changed."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from zdrav29_app import framework

ROOT = Path(__file__).resolve().parents[1]
STAMP = ROOT / ".web" / "built-from"
SOURCES = (
    "zdrav29_app/*.py",
    "zdrav29_app/pages/*.py",
    "zdrav29_app/state/*.py",
    "zdrav29_app/texts/*.py",
    "zdrav29_app/ui/*.py",
    "assets/**/*",
    "reflex.lock/*",
    "lock/run.txt",
    "rxconfig.py",
)


def fingerprint() -> str:
    """SHA-256 over everything the front end is made of."""
    digest = hashlib.sha256()
    for pattern in SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file():
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def build_if_stale() -> bool:
    """Build unless the last build is of the same sources; says whether it built."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return False
    print("Building the front end…", flush=True)
    shutil.rmtree(ROOT / framework.BUILT, ignore_errors=True)
    # a process of its own: the build imports and compiles the application
    made = subprocess.run(
        [sys.executable, "-c", "from zdrav29_app import framework; framework.build()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode or not (ROOT / framework.BUILT / "index.html").is_file():
        sys.exit(f"The front end could not be built.\n{made.stdout}\n{made.stderr}")
    STAMP.write_text(fingerprint())  # the build may have completed reflex.lock
    return True


if __name__ == "__main__":
    print("built" if build_if_stale() else "up to date")
