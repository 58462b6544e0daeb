"""The interpreter that runs here, as files that run from any folder."""

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

# tests, tools and windows of Python itself, what it compiles for -O, what it was built with
_NOT_NEEDED = re.compile(
    r"test|idlelib|ensurepip|turtledemo|tkinter|_tkinter\..*|.*\.opt-\d\.pyc|config-.*"
    r"|site-packages|dist-packages"
)
# loader and libc fit only each other: the other machine uses its own
_OF_SYSTEM = re.compile(r"(linux-vdso|ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv|nsl))\.so")


def files() -> Iterator[tuple[str, Path]]:
    """The program and its standard library, each with its place in the folder of Python."""
    yield "bin/python3", Path(sys.executable).resolve()
    stdlib = Path(sysconfig.get_path("stdlib"))
    for path in sorted(stdlib.rglob("*")):
        place = path.relative_to(stdlib)
        if path.is_file() and not any(_NOT_NEEDED.fullmatch(part) for part in place.parts):
            yield f"{sys.platlibdir}/{stdlib.name}/{place.as_posix()}", path


def libraries(binaries: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """The system's libraries that these programs load, without those of libc."""
    told = subprocess.run(
        ["ldd", *binaries],  # noqa: S607  of libc
        capture_output=True,
        text=True,
        check=False,
    )
    found = dict(re.findall(r"^\s+(\S+) => (/\S+) \(", told.stdout, re.MULTILINE))
    for name, path in sorted(found.items()):
        if not _OF_SYSTEM.match(name) and not Path(path).is_relative_to(sys.prefix):
            yield f"lib/{name}", Path(path)
