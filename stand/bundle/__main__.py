"""`make bundle`: writes var/bundle/zdrav29-<version>-<system>.tar.gz, and says how to start it."""

import platform
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stand import version
from stand.build import build_if_stale
from stand.bundle import interpreter, packages

BUNDLES: Final = Path("var/bundle")
LOCK: Final = Path("lock/run.txt")
START: Final = Path("stand/bundle/start")
PROJECT: Final = (
    *("zdrav29_app", "esia_sim", "stand", "migrations", "assets", "reflex.lock", ".web"),
    *("alembic.ini", "rxconfig.py", str(LOCK), "README.md", "LICENSE"),
)
BUILD_ONLY: Final = frozenset({"node_modules"})


def main() -> int:
    """Write the archive of this system; returns 0 when it is there."""
    if sys.platform != "linux":
        print("An archive is made on the system that it is for, and that is Linux.")
        return 1
    build_if_stale()
    try:
        file = write(BUNDLES)
    except packages.NotAsLocked as error:
        print(f"The environment is not as locked: {error}", file=sys.stderr)
        return 1
    print(f"{file} ({file.stat().st_size / 1e6:.0f} MB)")
    print(f"On the other machine: tar xzf {file.name} && {_name()}/start")
    return 0


def write(folder: Path) -> Path:
    """Write the archive into the folder.

    Raises:
        NotAsLocked: the packages here are not those of the lock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    name = _name()
    file = folder / f"{name}-linux-{platform.machine()}.tar.gz"
    half = file.with_suffix(".part")
    with tarfile.open(half, "w:gz", compresslevel=4, dereference=True) as archive:
        for place, path in contents():
            archive.add(path, f"{name}/{place}", recursive=False, filter=_of_nobody)
    return half.replace(file)


def contents() -> Iterator[tuple[str, Path]]:
    """Every file with its place in the archive."""
    yield "start", START
    yield from ((path.as_posix(), path) for path in _of_project())
    found = [(f"python/{place}", path) for place, path in interpreter.files()]
    found += [(f"packages/{place}", path) for place, path in packages.files(LOCK)]
    yield from found
    programs = [path for place, path in found if "/bin/" in place or ".so" in path.suffixes]
    yield from ((f"python/{place}", path) for place, path in interpreter.libraries(programs))


def _of_project() -> Iterator[Path]:
    for name in PROJECT:
        top = Path(name)
        for path in [top] if top.is_file() else sorted(top.rglob("*")):
            if path.is_file() and not BUILD_ONLY.intersection(path.parts):
                yield path


def _name() -> str:
    return f"zdrav29-{version.of(Path('pyproject.toml'))}"


def _of_nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names of whoever made the archive."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


if __name__ == "__main__":
    sys.exit(main())
