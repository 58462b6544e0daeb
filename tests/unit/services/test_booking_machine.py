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
any_visit = st.integers(0, 5)  # which of those made so far: first come those that are active
spans = st.sampled_from([timedelta(minutes=m) for m in (1, 4, 6, 31, 90)] + [timedelta(days=1)])


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
        return sorted(visits, key=lambda number: not visits[number].is_active)[visit % len(visits)]

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

    @rule(who=people, slot=times)
    def book_by_two_clicks(self, who: str, slot: int) -> None:
        self.world.book(who, slot)
        self.world.book(who, slot)

    @rule(who=people, slot=times)
    def hold(self, who: str, slot: int) -> None:
        self.world.hold(who, slot)

    @rule(who=people, slot=times)
    def extend(self, who: str, slot: int) -> None:
        self.world.extend(who, slot)

    @precondition(lambda self: self.world.visits)
    @rule(visit=any_visit, slot=times)
    def hold_to_move(self, visit: int, slot: int) -> None:
        number = self._number(visit)
        self.world.hold(self._owner(number), slot, moving=number)

    @precondition(lambda self: self.world.visits)
    @rule(visit=any_visit, slot=times)
    def move(self, visit: int, slot: int) -> None:
        number = self._number(visit)
        self.world.move(self._owner(number), number, slot)

    @precondition(lambda self: self.world.visits)
    @rule(visit=any_visit)
    def cancel_in_two_tabs(self, visit: int) -> None:
        number = self._number(visit)
        self.world.cancel(self._owner(number), number)
        self.world.cancel(self._owner(number), number)

    @precondition(lambda self: self.world.visits)
    @rule(who=people, visit=any_visit, slot=times)
    def try_what_is_anothers(self, who: str, visit: int, slot: int) -> None:
        self.world.move(who, self._number(visit), slot)
        self.world.cancel(who, self._number(visit))

    @rule()
    def the_house_works(self) -> None:
        self.world.give_back_what_is_over()
        self.world.send_what_is_due()

    @rule(who=people, slot=times)
    def fail_before_the_commit(self, who: str, slot: int) -> None:
        with suppress(ZeroDivisionError, CabinetError), engine_room.transaction() as session:
            booking.book_slot(session, self.world.viewers[who], slot)
            raise ZeroDivisionError


def test_ledger_and_rows_agree_whatever_patients_do():
    run_state_machine_as_test(
        BookingMachine, settings=settings(max_examples=20, stateful_step_count=40)
    )
