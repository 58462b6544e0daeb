"""Forty patients press the same time at once: one has it, the others are told who was faster."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from tests.conftest import ANNA, FrozenClock, Town, entered, signed_in
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import Appointment, Notice
from zdrav29_app.errors import SlotTaken
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking
from zdrav29_app.services.booking import Booked

PATIENTS = 40


def test_forty_patients_press_one_time_and_one_gets_it(
    file_engine: Engine, frozen_clock: FrozenClock
):
    SQLModel.metadata.create_all(file_engine)
    with engine_room.transaction() as session:
        viewers = [_patient(session, number) for number in range(PATIENTS)]
        town = Town(session)
        slot_id = town.slot(town.doctor(), frozen_clock.now() + timedelta(hours=2)).id or 0
    start = Barrier(PATIENTS)

    def press(viewer: Viewer) -> Booked | Exception:
        start.wait(timeout=30)
        try:
            with engine_room.transaction() as session:
                return booking.book_slot(session, viewer, slot_id)
        except Exception as error:  # noqa: BLE001  it is what the test asks about
            return error

    with ThreadPoolExecutor(PATIENTS) as threads:
        answers = list(threads.map(press, viewers))

    kinds = [type(answer) for answer in answers]
    assert kinds.count(Booked) == 1
    assert kinds.count(SlotTaken) == PATIENTS - 1
    with engine_room.transaction(read_only=True) as session:
        assert len(session.exec(select(Appointment)).all()) == 1
        assert len({row.patient_id for row in session.exec(select(Notice))}) == 1


def _patient(session: Session, number: int) -> Viewer:
    return entered(signed_in(session, replace(ANNA, oid=2000 + number)))
