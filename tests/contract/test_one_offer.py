"""Several workers end the same holds at once: every one is ended once, and one patient is asked."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from tests.conftest import ANNA, TODAY, FrozenClock, Town, at, entered, signed_in
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import Doctor, Hold, WaitingEntry
from zdrav29_app.demo import people
from zdrav29_app.identity import Viewer
from zdrav29_app.rules.waiting import OFFER_FOR
from zdrav29_app.services import booking, offers, waiting
from zdrav29_app.services.waiting import Wish

WORKERS = 8
PATIENTS = 4
WISH = Wish(TODAY, TODAY + timedelta(days=7), 0, 24 * 60)


def test_eight_workers_end_one_offer_and_it_goes_to_one_patient(
    each_engine: Engine, frozen_clock: FrozenClock
):
    SQLModel.metadata.create_all(each_engine)
    frozen_clock.moment = at(TODAY, 9)
    with engine_room.transaction() as session:
        doctor = Town(session).doctor()
        slot = Town(session).slot(doctor, at(TODAY + timedelta(days=1), 9))
        for number in range(PATIENTS):
            _join(session, number, doctor)
        offers.offer_first(session, slot.id or 0)
    frozen_clock.moment += OFFER_FOR
    start = Barrier(WORKERS)

    def work(_: int) -> None:
        start.wait(timeout=30)
        with engine_room.transaction() as session:
            offers.end_over(session)

    with ThreadPoolExecutor(WORKERS) as threads:
        list(threads.map(work, range(WORKERS)))

    with engine_room.transaction(read_only=True) as session:
        entries = session.exec(select(WaitingEntry).order_by(WaitingEntry.id)).all()  # pyright: ignore[reportArgumentType]
        [hold] = session.exec(select(Hold)).all()
    assert [entry.ignored for entry in entries] == [1, 0, 0, 0]
    assert hold.entry_id == entries[1].id


def test_a_freed_time_is_never_left_to_who_is_faster_than_the_list(
    each_engine: Engine, frozen_clock: FrozenClock
):
    SQLModel.metadata.create_all(each_engine)
    frozen_clock.moment = at(TODAY, 9)
    with engine_room.transaction() as session:
        doctor = Town(session).doctor()
        slot_id = Town(session).slot(doctor, at(TODAY + timedelta(days=1), 9)).id or 0
        owner, *thieves = [_patient(session, 100 + number) for number in range(WORKERS)]
        number = booking.book_slot(session, owner, slot_id).number
        _join(session, 0, doctor)
    start = Barrier(WORKERS)

    def cancel() -> None:
        start.wait(timeout=30)
        with engine_room.transaction() as session:
            booking.cancel_visit(session, owner, number)

    def steal(viewer: Viewer) -> None:
        start.wait(timeout=30)
        for _ in range(3):
            try:
                with engine_room.transaction() as session:
                    booking.book_slot(session, viewer, slot_id)
            except booking.SlotTaken:
                continue
            raise AssertionError

    with ThreadPoolExecutor(WORKERS) as threads:
        done = [threads.submit(cancel), *(threads.submit(steal, thief) for thief in thieves)]
        for each in done:
            each.result()

    with engine_room.transaction(read_only=True) as session:
        assert session.exec(select(Hold)).one().entry_id == 1


def _join(session: Session, number: int, doctor: Doctor) -> None:
    viewer = _patient(session, number)
    waiting.join(session, viewer, doctor.branch_id, doctor.speciality_code, WISH)


def _patient(session: Session, number: int) -> Viewer:
    person = replace(ANNA, oid=2000 + number)
    viewer = entered(signed_in(session, person))
    people.enter(session, person)
    return viewer
