"""Many press at once: one has the time, the others are told who was faster, nothing is lost."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from tests.booking_world import PEOPLE, World
from tests.conftest import ANNA, FrozenClock, Town, entered, signed_in
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import Appointment, Notice
from zdrav29_app.errors import AlreadyBooked, SlotTaken
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking
from zdrav29_app.services.booking import Booked

PATIENTS = 40
TABS, ACTS = 2, 40
TIMES = 8


def test_forty_patients_press_one_time_and_one_gets_it(
    each_engine: Engine, frozen_clock: FrozenClock
):
    SQLModel.metadata.create_all(each_engine)
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


def test_one_patient_in_many_tabs_gets_one_visit_to_a_speciality(
    each_engine: Engine, frozen_clock: FrozenClock
):
    SQLModel.metadata.create_all(each_engine)
    with engine_room.transaction() as session:
        viewer, town = _patient(session, 0), Town(session)
        later = [frozen_clock.now() + timedelta(hours=hours) for hours in range(2, 2 + TIMES)]
        slots = [town.slot(town.doctor(), moment).id or 0 for moment in later]
    start = Barrier(TIMES)

    def press(slot_id: int) -> type:
        start.wait(timeout=30)
        try:
            with engine_room.transaction() as session:
                return type(booking.book_slot(session, viewer, slot_id))
        except Exception as error:  # noqa: BLE001  it is what the test asks about
            return type(error)

    with ThreadPoolExecutor(TIMES) as threads:
        answers = Counter(threads.map(press, slots))

    assert answers == {Booked: 1, AlreadyBooked: TIMES - 1}


def test_ledger_and_rows_agree_after_tabs_of_three_patients_pressed_at_random(
    each_engine: Engine, frozen_clock: FrozenClock, today: date
):
    SQLModel.metadata.create_all(each_engine)
    world = World(today)
    start = Barrier(len(PEOPLE) * TABS)

    def press(who: str, tab: int) -> None:
        chance = random.Random(f"{who}/{tab}")  # noqa: S311  the same acts every time
        start.wait(timeout=30)
        for _ in range(ACTS):
            _press_something(world, who, chance)

    with ThreadPoolExecutor(len(PEOPLE) * TABS) as threads:
        presses = [threads.submit(press, who, tab) for who in PEOPLE for tab in range(TABS)]
        for pressed in presses:
            pressed.result()

    world.check()
    assert {"booked", "cancelled"} <= {kind for _, kind, _ in world.told}


def _press_something(world: World, who: str, chance: random.Random) -> None:
    slot = chance.choice(world.slots)
    own = [number for number, visit in list(world.visits.items()) if visit.who == who]
    act = chance.choice(["book", "hold", "extend", "move", "cancel"] if own else ["book", "hold"])
    match act:
        case "move":
            world.move(who, own[-1], slot)
        case "cancel":
            world.cancel(who, own[-1])
        case _:
            getattr(world, act)(who, slot)


def _patient(session: Session, number: int) -> Viewer:
    return entered(signed_in(session, replace(ANNA, oid=2000 + number)))
