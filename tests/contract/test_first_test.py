"""The guide `docs/first-test.md`, followed literally in an empty folder."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from stand.browser import executable

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def _follow(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    tools = folder / "tools"  # what the guide supposes to be on the machine: uv and chromium
    path = os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]])
    alien = ("VIRTUAL_ENV", "PYTHONPATH", "PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST")
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in alien and not name.startswith("PYTEST_XDIST")
    }
    return subprocess.run(
        ["/bin/sh", "-ec", commands.replace("<project>", str(ROOT))],
        cwd=folder,
        env={**inherited, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_guide_leads_from_an_empty_folder_to_tests_that_pass(tmp_path: Path):
    guide = (ROOT / "docs/first-test.md").read_text("utf-8")
    (language, install), (_, settings), (_, first), (_, run), (_, strictly) = BLOCK.findall(guide)
    assert language == "sh"
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "chromium").symlink_to(executable())

    installed = _follow(install, tmp_path)
    if re.search("Failed to fetch|dns error|error sending request", installed.stderr):
        pytest.skip("the package registry does not answer: the guide cannot be followed")
    assert installed.returncode == 0, installed.stderr
    (tmp_path / "conftest.py").write_text(settings, "utf-8")
    (tmp_path / "test_first.py").write_text(first, "utf-8")
    done, strict = _follow(run, tmp_path), _follow(strictly, tmp_path)

    assert "4 passed" in done.stdout, done.stdout + done.stderr
    assert "4 errors" in strict.stdout, strict.stdout + strict.stderr
    assert "session_seconds: a setting (source: docs/esia.md, settings)" in strict.stdout
    assert not [*tmp_path.glob(".venv/lib/*/site-packages/reflex")]
