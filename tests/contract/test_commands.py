"""The commands that the README names are the ones that exist, and they answer."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import run


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_readme_and_makefile_name_every_command_and_no_other():
    readme, makefile = (Path(name).read_text("utf-8") for name in ("README.md", "Makefile"))

    in_readme = re.findall(r"^\| `make (\w+)` \|", readme, re.MULTILINE)
    in_makefile = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)

    assert {*in_readme, "help"} == set(run.COMMANDS)
    assert in_makefile[0].split() == list(run.COMMANDS)


def test_help_lists_every_command_with_what_it_does():
    listed = _run("make", "help").stdout

    for name, command in run.COMMANDS.items():
        assert re.search(rf"^ +{name} +{re.escape(command.__doc__ or '')}$", listed, re.MULTILINE)


def test_an_unknown_command_is_named_and_the_way_on_is_shown():
    answer = _run(sys.executable, "run.py", "dmeo")

    assert answer.returncode == 1
    assert "'dmeo'" in answer.stderr
    assert "run.py help" in answer.stderr


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version_info", (3, 10))

    with pytest.raises(SystemExit, match=r"3\.11"):
        run.main()
