"""A small project with everything a release asks for, and a service of advisories beside it."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from zipfile import ZipFile

from stand import lock, tree

VERSION = "1.0.0"
PACKAGE = "twig"
PROJECT = f"""
[project]
name = "small"
version = "{VERSION}"
requires-python = ">=3.11"
dependencies = ["{PACKAGE}"]
[dependency-groups]
dev = []
[tool.uv.pip]
no-index = true
find-links = ["wheels"]
"""
SIMULATOR = f"""
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "esia-sim"
version = "{VERSION}"
requires-python = ">=3.11"
[tool.hatch.build.targets.wheel.sources]
"" = "esia_sim"
[tool.hatch.build.targets.wheel]
include = ["*.py"]
"""
CHANGELOG = f"""# Changelog

## Unreleased

## [{VERSION}] - 2026-11-26

### Added
- Patients book a time.

## 0.9.0

- Older.
"""
CONTENT = b"bread"
SRI = base64.b64encode(hashlib.sha512(CONTENT).digest()).decode()
BUN_LOCK = (
    '{ "packages": {\n'
    f'  "@emotion/react": ["@emotion/react@11.14.0", "", {{}}, "sha512-{SRI}"],\n'
    f'  "isbot": ["isbot@5.2.2", "", {{ "bin": "x" }}, "sha512-{SRI}"],\n'
    f'  "vite/isbot": ["isbot@5.2.2", "", {{}}, "sha512-{SRI}"],\n'
    "} }\n"
)


def make(root: Path) -> None:
    """Lay the project into the folder, commit it, and put the protocol of a green suite there."""
    files = {
        ".gitignore": "var/\n",
        "CHANGELOG.md": CHANGELOG,
        "pyproject.toml": PROJECT,
        "esia_sim/pyproject.toml": SIMULATOR,
        "esia_sim/__init__.py": "",
        "esia_sim/token.py": "raise ImportError('not the one of the standard library')",
        "reflex.lock/bun.lock": BUN_LOCK,
        "tests/rows.yaml": "B1: Запись\nB2: Отмена\n",
    }
    for name, text in files.items():
        write(root / name, text)
    make_package(root / "wheels", "1.0")
    (root / "lock").mkdir()
    lock.write(root, root / "lock")
    git(root, "init", "-q")
    commit(root)


def make_package(folder: Path, version: str) -> None:
    """Put a package that has nothing in it into the folder."""
    folder.mkdir(exist_ok=True)
    about = f"{PACKAGE}-{version}.dist-info"
    with ZipFile(folder / f"{PACKAGE}-{version}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: {version}\n"
        )
        wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{about}/RECORD", "")


def commit(root: Path) -> None:
    """Commit everything, and put the protocol of a green suite of this commit there."""
    git(root, "add", "-A")
    author = ("-c", "user.name=Anna", "-c", "user.email=anna@zdrav29.example")
    git(root, *author, "commit", "-q", "-m", "All")
    write_protocol(root)


def write_protocol(root: Path, **other: object) -> None:
    """Put a protocol there, green but for what is given otherwise."""
    rows = [{"id": name, "verdict": "proved"} for name in ("B1", "B2")]
    told = {"commit": tree.commit(root), "chosen": "", "failed": [], "rows": rows, **other}
    write(root / "var/report/protocol.json", json.dumps(told))


def write(file: Path, text: str) -> None:
    """Write a file with the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def git(root: Path, *arguments: str) -> None:
    """Let git do something with the folder."""
    subprocess.run(["git", *arguments], cwd=root, check=True)  # noqa: S607  the git of the machine


class Advisories(ThreadingHTTPServer):
    """A service of advisories in the manner of OSV; knows what is put into `known`, by package."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.known: dict[str, list[dict[str, object]]] = {}
        self.url = f"http://127.0.0.1:{self.server_port}/v1/query"


class _Answers(BaseHTTPRequestHandler):
    server: Advisories

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        found = self.server.known.get(asked["package"]["name"])
        body = json.dumps({"vulns": found} if found else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name above
        """Say nothing."""


@contextmanager
def advisories() -> Iterator[Advisories]:
    """The service while it answers."""
    with Advisories() as service:
        Thread(target=service.serve_forever, daemon=True).start()
        try:
            yield service
        finally:
            service.shutdown()
