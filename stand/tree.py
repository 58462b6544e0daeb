"""What git says of the folder of the project."""

import subprocess
from pathlib import Path


class NoTree(Exception):
    """There is no git here, or no commit in this folder; the message says which."""


def commit(root: Path) -> str:
    """The commit that is checked out.

    Raises:
        NoTree: there is none.
    """
    return _git(root, "rev-parse", "HEAD").strip()


def changed(root: Path) -> list[str]:
    """The files that are not as committed, new ones too; what git ignores does not count.

    Raises:
        NoTree: there is no commit.
    """
    commit(root)
    lines = _git(root, "status", "--porcelain", "--untracked-files=all", "-z").split("\0")
    # a renamed file has a second entry, its old name, which begins with no state
    return [line[3:] for line in lines if line[2:3] == " "]


def clean_commit(root: Path) -> str:
    """The commit of which every file is here unchanged, empty when there is no such commit."""
    try:
        return "" if changed(root) else commit(root)
    except NoTree:
        return ""


def _git(root: Path, *arguments: str) -> str:
    try:
        told = subprocess.run(
            ["git", *arguments],  # noqa: S607  the git of whoever releases
            cwd=root,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        raise NoTree("git is not on this machine") from None
    if told.returncode:
        raise NoTree(told.stderr.strip().splitlines()[0])
    return told.stdout
