"""A process that dies in the middle of an act leaves the state before it or the one after it."""

import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.contract.killed import ACTS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")

POINTS = 2  # the shortest act writes and commits; fewer would mean that nothing was tried


@pytest.mark.parametrize("act", list(ACTS))
def test_killed_at_any_point_an_act_is_done_or_not_done(tmp_path: Path, act: str):
    command = [sys.executable, "-m", "tests.contract.killed", str(tmp_path), act]
    subprocess.run(command, check=True, timeout=120)

    states = [_state(file) for file in sorted(tmp_path.glob(f"{act}-???.sqlite"))]

    before, done = _state(tmp_path / f"{act}.sqlite"), states[-1]
    finished = states.index(done)
    assert before != done
    assert finished >= POINTS
    assert states[:finished] == [before] * finished
    assert states[finished:] == [done] * (len(states) - finished)


def _state(file: Path) -> str:
    """Every row, the outbox too; numbers are drawn, so all read alike."""
    with closing(sqlite3.connect(file)) as database:
        rows = "\n".join(database.iterdump())
    return re.sub(r"(29|П|\\u041f)-\d{6,8}", "…", rows)
