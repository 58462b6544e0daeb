"""Packages of Node that only tests and benches need: exact versions, installed once, never kept."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

_INSTALL: Final = (
    "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund",
    "--fetch-retries=0",
)  # fmt: skip


class NotInstallable(Exception):
    """Node is not on this machine, or the registry of its packages does not answer."""


def install(home: Path, packages: dict[str, str]) -> Path:
    """Return a folder with these packages in it, made once for these versions.

    Raises:
        NotInstallable: there is no npm here, or it could not fetch them.
    """
    wanted = json.dumps({"private": True, "type": "module", "dependencies": packages})
    manifest = home / "package.json"
    if manifest.exists() and manifest.read_text("utf-8") == wanted:
        return home.resolve()
    if not ((npm := shutil.which("npm")) and shutil.which("node")):
        raise NotInstallable("node and npm are not on this machine")
    home.parent.mkdir(parents=True, exist_ok=True)
    # made beside and moved: several workers may need it at once, and one may be stopped half-way
    made = Path(tempfile.mkdtemp(dir=home.parent))
    (made / manifest.name).write_text(wanted, "utf-8")
    done = subprocess.run([npm, *_INSTALL], cwd=made, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(made)
        raise NotInstallable(done.stderr.strip()[-300:] or "the registry of npm does not answer")
    _put(made, home)
    return home.resolve()


def _put(made: Path, home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    try:
        made.replace(home)
    except OSError:  # another worker was faster
        shutil.rmtree(made)
