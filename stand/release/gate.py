"""The gate of a release: every reason against one, in words. No reason, and it may go."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import yaml

from stand import lock, protocol, tree, version
from stand.release import changes

PROTOCOL: Final = Path("var/report") / protocol.JSON
PROJECTS: Final = ("pyproject.toml", "esia_sim/pyproject.toml")
_AUDIT: Final = (
    *("-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"),
    *("--format", "json", "-r", str(lock.FOLDER / lock.RUN)),
)
_SHOWN = 5


def reasons(root: Path, wanted: str) -> list[str]:
    """Everything that stands against releasing the files in this folder as this version."""
    return [
        *of_tree(root),
        *of_version(root, wanted),
        *of_changes(root, wanted),
        *of_protocol(root),
        *of_lock(root),
        *of_advisories(root),
    ]


def of_tree(root: Path) -> list[str]:
    """Whether every file is committed."""
    try:
        files = tree.changed(root)
    except tree.NoTree as error:
        return [f"there is no commit to release: {error}"]
    return [f"files are not as committed: {_named(files)}"] if files else []


def of_version(root: Path, wanted: str) -> list[str]:
    """Whether the project and the simulator call themselves by this version."""
    told = {name: version.of(root / name) for name in PROJECTS}
    return [f"{name} says version {each}" for name, each in told.items() if each != wanted]


def of_changes(root: Path, wanted: str) -> list[str]:
    """Whether people can read what changed, all of it under this version."""
    found = []
    if not changes.of_version(root, wanted):
        found.append(f"{changes.FILE} says nothing of version {wanted}")
    if changes.of_version(root, changes.UNRELEASED):
        found.append(f"{changes.FILE} still keeps changes under «{changes.UNRELEASED}»")
    return found


def of_protocol(root: Path) -> list[str]:
    """Whether the whole suite passed on this commit and proved every row that is asked for."""
    if not (root / PROTOCOL).is_file():
        return [f"there is no {PROTOCOL.as_posix()}: run `make test`"]
    told = json.loads((root / PROTOCOL).read_text(encoding="utf-8"))
    found = _of_run(root, told)
    verdicts = {row["id"]: row["verdict"] for row in told["rows"]}
    for row in yaml.safe_load((root / protocol.ROWS).read_text(encoding="utf-8")):
        if (verdict := verdicts.get(row, "untested")) != "proved":
            found.append(f"row {row} is {verdict} in the protocol")
    return found


def _of_run(root: Path, told: dict[str, Any]) -> list[str]:
    found = []
    if told.get("commit") != _commit(root):
        found.append("the protocol is not of this commit: run `make test`")
    if told.get("chosen"):
        found.append(f"the protocol is of a part of the suite: {told['chosen']}")
    if failed := told.get("failed"):
        found.append(f"the suite has faults: {_named(failed)}")
    return found


def _commit(root: Path) -> str | None:
    try:
        return tree.commit(root)
    except tree.NoTree:
        return None  # told of already


def of_lock(root: Path) -> list[str]:
    """Whether `make lock` would leave the lock as it is."""
    with tempfile.TemporaryDirectory() as made:
        for name in (lock.RUN, lock.TEST):
            shutil.copy(root / lock.FOLDER / name, made)
        try:
            lock.write(root, Path(made))
        except lock.LockError as error:
            return [f"whether the lock is fresh could not be found out: {_last_line(str(error))}"]
        stale = [
            name
            for name in (lock.RUN, lock.TEST)
            if (Path(made) / name).read_bytes() != (root / lock.FOLDER / name).read_bytes()
        ]
    return [f"lock/{name} is not what `make lock` would write" for name in stale]


def of_advisories(root: Path) -> list[str]:
    """Whether no package that runs has a known hole, of each of them for certain.

    Which service is asked pip-audit reads from its own variables, `PIP_AUDIT_…`.
    """
    asked = subprocess.run(
        [sys.executable, *_AUDIT], cwd=root, capture_output=True, text=True, check=False
    )
    try:
        packages = json.loads(asked.stdout)["dependencies"]
    except json.JSONDecodeError:
        return [f"advisories could not be read: {_last_line(asked.stderr)}"]
    found = [
        f"{each['name']} {each['version']} has advisories: {_advisories(each['vulns'])}"
        for each in packages
        if each.get("vulns")
    ]
    # of a package that its service does not know pip-audit says so, and is content
    if unknown := [each["name"] for each in packages if "skip_reason" in each]:
        found.append(f"advisories could not be read for {_named(unknown)}")
    return found


def _advisories(found: list[dict[str, Any]]) -> str:
    return "; ".join(
        f"{each['id']} (mended in {', '.join(each['fix_versions']) or 'no version'})"
        for each in found
    )


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1] if text.strip() else "no word of why"
