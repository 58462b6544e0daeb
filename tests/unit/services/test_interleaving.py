"""Booking, holding, moving, cancelling, waiting and calling off, in any order, never lose a visit.

Every act is a transaction of its own, as in the cabinet; a refused one leaves nothing behind.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlmodel import Session, SQLModel, col, select

from tests.conftest import ANNA, TODAY, FrozenClock, Town, at, entered, signed_in
from zdrav29_app import clock
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Hold,
    HoldPurpose,
    Slot,
    SlotStatus,
)
from zdrav29_app.demo import people
from zdrav29_app.errors import CabinetError
from zdrav29_app.services import booking, clinic_desk, holding, offers, replacements, waiting
from zdrav29_app.services.waiting import Wish

PATIENTS, SLOTS = 3, 4
WISH = Wish(TODAY, TODAY + timedelta(days=7), 0, 24 * 60)
patients = st.integers(0, PATIENTS - 1)
slots = st.integers(0, SLOTS - 1)


class Cabinet(RuleBasedStateMachine):
    """Three patients and one doctor with four times."""

    def __init__(self) -> None:
        super().__init__()
        self.time = FrozenClock(at(TODAY, 9))
        self.patched = patch.object(clock, "now", self.time.now)
        self.patched.start()
        self.engine = engine_room.make_engine("sqlite://")
        SQLModel.metadata.create_all(self.engine)
        self.visits: dict[str, int] = {}  # active ones: number → slot
        self.closed = set[int]()
        with self._transaction() as session:
            town = Town(session)
            doctor = town.doctor()
            self.branch_id = doctor.branch_id
            self.slots = [
                town.slot(doctor, at(TODAY + timedelta(days=1), 9 + n)).id or 0
                for n in range(SLOTS)
            ]
            people_here = [replace(ANNA, oid=3000 + n) for n in range(PATIENTS)]
            self.viewers = [entered(signed_in(session, one)) for one in people_here]
            for one in people_here:
                people.enter(session, one)
            session.commit()

    def teardown(self) -> None:
        self.patched.stop()
        self.engine.dispose()

    @rule(who=patients, what=slots)
    def book(self, who: int, what: int) -> None:
        if booked := self._try(booking.book_slot, self.viewers[who], self.slots[what]):
            self.visits[booked.number] = self.slots[what]

    @rule(who=patients, what=slots)
    def hold(self, who: int, what: int) -> None:
        self._try(holding.hold_slot, self.viewers[who], self.slots[what])

    @rule(who=patients, what=slots, which=st.integers(0, 5))
    def move(self, who: int, what: int, which: int) -> None:
        number = self._number(which)
        if self._try(booking.move_visit, self.viewers[who], number, self.slots[what]):
            self.visits[number] = self.slots[what]

    @rule(who=patients, which=st.integers(0, 5))
    def cancel(self, who: int, which: int) -> None:
        number = self._number(which)
        if self._try(booking.cancel_visit, self.viewers[who], number) is not False:
            del self.visits[number]

    @rule(which=st.integers(0, 5))
    def call_off(self, which: int) -> None:
        number = self._number(which)
        if self._try(clinic_desk.call_off, number, "Врач заболел") is not False:
            self.closed.add(self.visits.pop(number))

    @rule(who=patients, which=st.integers(0, 5))
    def refuse_replacements(self, who: int, which: int) -> None:
        with self._transaction() as session:
            rows = session.exec(select(Appointment.number).order_by(col(Appointment.id))).all()
        if rows:
            self._try(replacements.refuse, self.viewers[who], rows[which % len(rows)])

    @rule(who=patients)
    def join(self, who: int) -> None:
        self._try(waiting.join, self.viewers[who], self.branch_id, "therapist", WISH)

    @rule(who=patients, act=st.sampled_from([waiting.leave, offers.decline]))
    def answer(self, who: int, act: Callable[..., None]) -> None:
        if places := self._try(waiting.mine, self.viewers[who]):
            self._try(act, self.viewers[who], places[0].id)

    @rule(minutes=st.sampled_from([6, 31, 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        if self.time.moment < at(TODAY + timedelta(days=1), 0) - timedelta(minutes=minutes):
            self.time.advance(minutes=minutes)
        self._try(offers.end_over)
        self._try(offers.offer_free)

    @invariant()
    def every_visit_is_where_it_was_put(self) -> None:
        with self._transaction() as session:
            active = select(Appointment).where(Appointment.status == AppointmentStatus.BOOKED)
            found = [(row.number, row.slot_id) for row in session.exec(active)]
        assert dict(found) == self.visits
        assert len({slot_id for _, slot_id in found}) == len(found)

    @invariant()
    def every_time_is_what_its_rows_say(self) -> None:
        with self._transaction() as session:
            status = {row.id: row.status for row in session.exec(select(Slot))}
            held = {row.slot_id for row in session.exec(select(Hold))}
        busy = set(self.visits.values()) | self.closed
        assert {one for one, is_now in status.items() if is_now is SlotStatus.HELD} == held
        assert {one for one, is_now in status.items() if is_now is SlotStatus.BUSY} == busy

    @invariant()
    def no_place_has_two_offers(self) -> None:
        with self._transaction() as session:
            rows = select(Hold.entry_id).where(Hold.purpose == HoldPurpose.OFFER)
            offered = session.exec(rows).all()
        assert len(offered) == len(set(offered))

    def _number(self, which: int) -> str:
        known = sorted(self.visits)
        return known[which % len(known)] if known else "29-00000000"

    def _transaction(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def _try(self, act: Callable[..., Any], *args: Any) -> Any:
        """What an act gives back; False when it was refused, and nothing of it stays."""
        with self._transaction() as session:
            try:
                done = act(session, *args)
            except CabinetError:
                return False
            session.commit()
            return done


Cabinet.TestCase.settings = settings(max_examples=15, stateful_step_count=25)
TestInterleaving = Cabinet.TestCase
