"""Hooks of the browser: few, short, and in their own files."""

from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[3] / "zdrav29_app"
HOOKS = ("live.py", "drafts.py", "framing.py", "sending.py")
MOST_LINES = 80
MARKS = ("addEventListener", "=> {", "hooks={")


@pytest.mark.parametrize("name", HOOKS)
def test_a_file_of_hooks_is_read_at_a_glance(name: str):
    lines = (APP / "ui" / name).read_text(encoding="utf-8").splitlines()

    assert len(lines) <= MOST_LINES


def test_no_other_file_writes_hooks():
    others = [file for file in APP.rglob("*.py") if file.name not in HOOKS]

    texts = {file.name: file.read_text(encoding="utf-8") for file in others}

    assert [name for name, text in texts.items() if any(mark in text for mark in MARKS)] == []
