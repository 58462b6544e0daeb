"""Several workers are several processes: what becomes due is done by one of them, once."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from tests.conftest import ANNA, FrozenClock, Town, entered, signed_in
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import Attachment, AttachmentApplication, Branch, Clinic, Notice
from zdrav29_app.rules.attachment import ACTIVE_AFTER, DEMO_ANSWERS_AFTER
from zdrav29_app.services import applications
from zdrav29_app.services.applications import Wanted
from zdrav29_app.values import ApplicationStatus, AttachmentReason

WORKERS, FREE_PLACES = 2, 5
# what the worker's loop does when something is due; it begins at a word from the test
WORK = """
import sys
from datetime import datetime
from zdrav29_app import clock
from zdrav29_app.db.engine import transaction
from zdrav29_app.services import application_steps

clock.advance(datetime.fromisoformat(sys.argv[1]) - clock.now())
clock.freeze()
with transaction(read_only=True) as session:
    print(application_steps.is_any_due(session), flush=True)
sys.stdin.readline()
with transaction() as session:
    application_steps.settle(session)
"""


@pytest.mark.parametrize(
    ("after", "status"),
    [
        (DEMO_ANSWERS_AFTER, ApplicationStatus.CONFIRMED),
        (ACTIVE_AFTER, ApplicationStatus.ACTIVE),
    ],
    ids=["decision", "beginning"],
)
def test_of_two_processes_one_takes_an_application_over_the_boundary(
    each_engine: Engine, frozen_clock: FrozenClock, after: timedelta, status: ApplicationStatus
):
    SQLModel.metadata.create_all(each_engine)
    clinic_id = _apply()
    if status is ApplicationStatus.ACTIVE:
        frozen_clock.moment += DEMO_ANSWERS_AFTER
        _work(each_engine, frozen_clock, workers=1)
    # the process that decided was some microseconds past the moment it was given
    frozen_clock.moment += after + timedelta(seconds=1)

    _work(each_engine, frozen_clock, workers=WORKERS)

    is_active = status is ApplicationStatus.ACTIVE
    with transaction(read_only=True) as session:
        assert session.exec(select(AttachmentApplication)).one().status is status
        told = [one.facts["status"] for one in session.exec(select(Notice)) if not one.address]
        assert told.count(status) == 1
        assert len(session.exec(select(Attachment).where(Attachment.by_choice)).all()) == is_active
        assert session.get_one(Clinic, clinic_id).free_places == FREE_PLACES - is_active


def _apply() -> int:
    with transaction() as session:
        anna, branch = entered(signed_in(session, ANNA)), _branch(Town(session))
        clinic = session.get_one(Clinic, branch.clinic_id)
        clinic.free_places = FREE_PLACES
        applications.apply(session, anna, Wanted(clinic.id or 0, AttachmentReason.NEARER))
        return clinic.id or 0


def _branch(town: Town) -> Branch:
    return town.branch()


def _work(engine: Engine, clock: FrozenClock, *, workers: int) -> None:
    """Let processes look what is due, and then all do it at once."""
    address = engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WORK, clock.now().isoformat()]
    env = {**os.environ, "ZDRAV29_DATABASE_URL": address}
    pipe = subprocess.PIPE
    running = [
        subprocess.Popen(command, env=env, stdin=pipe, stdout=pipe, text=True)
        for _ in range(workers)
    ]
    looked = [each.stdout.readline().strip() for each in running if each.stdout]
    for each in running:
        each.communicate("\n", timeout=60)
    assert looked == ["True"] * workers
    assert [each.returncode for each in running] == [0] * workers
