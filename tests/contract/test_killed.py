"""A process that dies in the middle of an act leaves the state before it or the one after it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel, select

from zdrav29_app.db.engine import make_engine
from zdrav29_app.db.tables import (
    Appointment,
    AuditEvent,
    Hold,
    Notice,
    Slot,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")

TABLES: tuple[type[SQLModel], ...] = (Slot, Appointment, Hold, AuditEvent, Notice)
STATEMENTS = 10  # an act has many more; fewer would mean that nothing was tried


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What children left behind that were killed at every point of every act."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.contract.killed", str(folder)]
    subprocess.run(command, check=True, timeout=120)
    return folder


def _state(file: Path) -> str:
    """Everything an act writes, the outbox too; numbers of visits are drawn, so all read alike."""
    engine = make_engine(f"sqlite:///{file}")
    with Session(engine) as session:
        rows = [row.model_dump_json() for table in TABLES for row in session.exec(select(table))]
    engine.dispose()
    return re.sub(r"29-\d{8}", "29-…", "\n".join(rows))


@pytest.mark.parametrize("act", ["book", "move", "cancel"])
def test_killed_at_any_point_an_act_is_done_or_not_done(left: Path, act: str):
    states = [_state(file) for file in sorted(left.glob(f"{act}-???.sqlite"))]

    before, done = _state(left / f"{act}.sqlite"), states[-1]
    finished = states.index(done)
    assert before != done
    assert finished > STATEMENTS
    assert states[:finished] == [before] * finished
    assert states[finished:] == [done] * (len(states) - finished)
