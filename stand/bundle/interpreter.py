"""The interpreter that runs here, as files that run from any folder."""

import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

NOT_NEEDED: Final = frozenset(
    {"test", "idlelib", "ensurepip", "turtledemo", "tkinter", "site-packages", "dist-packages"}
)
# the loader and libc are of the system itself: those of another machine would not fit its kernel
_OF_SYSTEM = re.compile(r"(linux-vdso|ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv|nsl))\.so")


def files() -> Iterator[tuple[str, Path]]:
    """The program and its standard library, each with its place in the folder of Python."""
    yield "bin/python3", Path(sys.executable).resolve()
    stdlib = Path(sysconfig.get_path("stdlib"))
    for path in stdlib.rglob("*"):
        top = path.relative_to(stdlib).parts[0]
        if path.is_file() and top not in NOT_NEEDED and not top.startswith("config-"):
            yield f"{sys.platlibdir}/{stdlib.name}/{path.relative_to(stdlib).as_posix()}", path


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
