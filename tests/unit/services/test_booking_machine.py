"""In whatever order patients act: no time has two visits, none is lost, counts are true."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import SQLModel

from tests.booking_world import FREE, PEOPLE, TAKEN, World
from tests.conftest import TODAY, FrozenClock, at
from zdrav29_app import clock
from zdrav29_app.db import engine as engine_room
from zdrav29_app.errors import CabinetError
from zdrav29_app.services import booking

people = st.sampled_from(sorted(PEOPLE))
times = st.integers(1, FREE + TAKEN)  # ids count from one, and the last is taken from the beginning
any_visit = st.integers(0, 5)  # which of the active ones, counted round
spans = st.sampled_from([timedelta(minutes=minutes) for minutes in (1, 4, 6, 31, 300)])


def _has_active_visits(machine: "BookingMachine") -> bool:
    return any(visit.is_active for visit in machine.world.visits.values())


class BookingMachine(RuleBasedStateMachine):
    """Every rule is one transaction of one tab; every step is checked against the ledger."""

    def __init__(self) -> None:
        super().__init__()
        self.patch = pytest.MonkeyPatch()
        self.time = FrozenClock(at(TODAY, 7))
        self.engine = engine_room.make_engine("sqlite://")
        self.patch.setattr(clock, "now", self.time.now)
        self.patch.setattr(engine_room, "engine", lambda: self.engine)
        SQLModel.metadata.create_all(self.engine)
        self.world = World(TODAY)

    def teardown(self) -> None:
        self.patch.undo()
        self.engine.dispose()

    def _number(self, visit: int) -> str:
        visits = self.world.visits
        numbers = [number for number in visits if visits[number].is_active] or list(visits)
        return numbers[visit % len(numbers)]

    def _owner(self, number: str) -> str:
        return self.world.visits[number].who

    @invariant()
    def ledger_and_rows_agree(self) -> None:
        self.world.check()

    @rule(by=spans)
    def time_passes(self, by: timedelta) -> None:
        self.time.moment += by

    @initialize(who=people, slot=times)
    def begin_with_a_visit(self, who: str, slot: int) -> None:
        self.world.book(who, slot)

    @rule(who=people, slot=times, holds_it=st.booleans())
    def book_by_two_clicks(self, who: str, slot: int, *, holds_it: bool) -> None:
        if holds_it:
            self.world.hold(who, slot)
        self.world.book(who, slot)
        self.world.book(who, slot)

    @rule(who=people, slot=times, extends_it=st.booleans())
    def hold(self, who: str, slot: int, *, extends_it: bool) -> None:
        self.world.hold(who, slot)
        if extends_it:
            self.world.extend(who, slot)

    @precondition(_has_active_visits)
    @rule(visit=any_visit, slot=times, confirms=st.booleans())
    def hold_to_move(self, visit: int, slot: int, *, confirms: bool) -> None:
        number = self._number(visit)
        self.world.hold(self._owner(number), slot, moving=number)
        if confirms:
            self.world.move(self._owner(number), number, slot)

    @precondition(_has_active_visits)
    @rule(visit=any_visit)
    def cancel_in_two_tabs(self, visit: int) -> None:
        number = self._number(visit)
        self.world.cancel(self._owner(number), number)
        self.world.cancel(self._owner(number), number)

    @precondition(lambda self: self.world.visits)
    @rule(who=people, visit=any_visit, slot=times)
    def try_what_is_anothers(self, who: str, visit: int, slot: int) -> None:
        number = self._number(visit)
        if who != self._owner(number):
            self.world.move(who, number, slot)
            self.world.cancel(who, number)

    @rule(fails=st.booleans())
    def the_house_works(self, *, fails: bool) -> None:
        self.world.give_back_what_is_over()
        self.world.send_what_is_due(fails=fails)

    @rule(who=people, slot=times)
    def fail_before_the_commit(self, who: str, slot: int) -> None:
        with suppress(ZeroDivisionError, CabinetError), engine_room.transaction() as session:
            booking.book_slot(session, self.world.viewers[who], slot)
            raise ZeroDivisionError


def test_ledger_and_rows_agree_whatever_patients_do():
    run_state_machine_as_test(
        BookingMachine, settings=settings(max_examples=15, stateful_step_count=35)
    )
