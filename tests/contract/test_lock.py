"""Lock files: everything pinned by its hash, and no registry named."""

import re
from pathlib import Path

import pytest

FILES = [*Path("lock").iterdir(), *Path("reflex.lock").iterdir()]


@pytest.mark.parametrize("file", FILES, ids=str)
def test_a_lock_file_names_no_address(file: Path):
    assert not re.search(r"https?://", file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["run.txt", "test.txt"])
def test_every_python_package_is_pinned_by_its_hash(name: str):
    entries = (Path("lock") / name).read_text(encoding="utf-8").replace("\\\n", "").splitlines()

    loose = [each for each in entries if "==" not in each or "--hash=sha256:" not in each]

    assert loose == []


def test_the_lock_for_tests_holds_the_versions_of_the_lock_for_running():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[\w.]+", (Path("lock") / name).read_text(), re.MULTILINE))

    assert pins("run.txt") <= pins("test.txt")
