"""`make release`: writes var/release/<version>/, or says everything that stands against it."""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from stand.release import changes, gate, sbom
from stand.version import of as of_project

RELEASES = Path("var/release")
CHANGES, CHECKSUMS = "changes.md", "SHA256SUMS"
# -P: modules of the simulator are called like some of the standard library
_WHEEL = ("-P", "-m", "hatchling", "build", "-t", "wheel", "-d")


class WheelError(Exception):
    """The simulator could not be packed; the message is hatchling's own."""


def main(arguments: list[str] | None = None, root: Path = Path()) -> int:
    """Release the files of the folder; returns 0 when they went out."""
    parser = argparse.ArgumentParser(prog="make release", description=__doc__)
    parser.add_argument("--version", default=of_project(root / "pyproject.toml"))
    version = parser.parse_args(arguments).version
    print(f"Looking at what stands against version {version}…", flush=True)
    if reasons := gate.reasons(root, version):
        print(f"Version {version} is not released:", file=sys.stderr)
        for reason in reasons:
            print(f"  - {reason}", file=sys.stderr)
        return 1
    try:
        folder = publish(root, version)
    except (sbom.SbomError, WheelError) as error:
        print(f"Version {version} could not be written: {error}", file=sys.stderr)
        return 1
    print(f"Released: {folder.relative_to(root).as_posix()}")
    return 0


def publish(root: Path, version: str) -> Path:
    """Write everything that belongs to the release; an earlier one of the version goes.

    Raises:
        SbomError: the list of parts could not be made.
        WheelError: the simulator could not be packed.
    """
    folder = root / RELEASES / version
    folder.parent.mkdir(parents=True, exist_ok=True)
    # made beside and moved, so that half a release never lies there
    made = Path(tempfile.mkdtemp(dir=folder.parent))
    try:
        _write(root, version, made)
    except BaseException:
        shutil.rmtree(made)
        raise
    made.chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)
    return made.rename(folder)


def _write(root: Path, version: str, folder: Path) -> None:
    text = changes.of_version(root, version)
    (folder / CHANGES).write_text(f"# {version}\n\n{text}\n", encoding="utf-8")
    shutil.copy(root / gate.PROTOCOL, folder)
    sbom.write(root, version, folder)
    _pack_simulator(root, folder.resolve())
    sums = [f"{_digest(file)}  {file.name}\n" for file in sorted(folder.iterdir())]
    (folder / CHECKSUMS).write_text("".join(sums), encoding="utf-8")


def _pack_simulator(root: Path, folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, *_WHEEL, folder],
        cwd=root / "esia_sim",
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise WheelError(done.stderr.strip())


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
