"""What a protocol may call the commit that was tested."""

from pathlib import Path

import pytest

from stand import check, tree
from tests.unit.stand import small_project as small


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one commit, and the tests of it begun."""
    small.git(tmp_path, "init", "-q")
    small.write(tmp_path / ".gitignore", "var/\n")
    small.commit(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_as_committed_are_their_commit(folder: Path):
    assert tree.clean_commit(folder) == tree.commit(folder) != ""


@pytest.mark.parametrize("name", [".gitignore", "new.txt", "новое/имя с пробелом.txt"])
def test_a_file_that_differs_or_is_new_leaves_no_commit(folder: Path, name: str):
    small.write(folder / name, "var/\nother")

    assert tree.changed(folder) == [name]
    assert tree.clean_commit(folder) == ""


def test_what_git_ignores_does_not_count(folder: Path):
    small.write(folder / "var/data.sqlite", "other")

    assert tree.clean_commit(folder) != ""


def test_a_folder_without_git_is_of_no_commit(tmp_path: Path):
    assert tree.clean_commit(tmp_path) == ""


def test_a_commit_that_changed_while_the_suite_ran_was_not_tested(folder: Path):
    before = tree.clean_commit(folder)
    assert check.still(before) == before

    small.write(folder / "more.txt", "more")
    small.commit(folder)

    assert check.still(before) == ""
