"""A handful of times, three patients who want them, and a ledger of what was committed.

Each act is one transaction, as `in_transaction` makes them: it commits and stands in the ledger, or
it is refused and does not. `check` compares the ledger with the rows. A new act is a method of five
lines here, and a rule in tests/unit/services/test_booking_machine.py.
"""

from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tests.conftest import ANNA, VERA, Town, at, entered, signed_in
from zdrav29_app import clock
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Doctor,
    Hold,
    Notice,
    NoticeKind,
    Slot,
    SlotStatus,
)
from zdrav29_app.demo import people
from zdrav29_app.errors import CabinetError
from zdrav29_app.identity import Viewer
from zdrav29_app.rules.notices import DEFAULT_QUIET, DEFAULT_REMIND_HOURS, reminder_at
from zdrav29_app.services import booking, holding, holds, notices, timetable
from zdrav29_app.services.timetable import Wanted
from zdrav29_app.values import Channel

PEOPLE = {
    "anna": ANNA,
    "vera": VERA,
    "klava": replace(VERA, oid=1000000119, first_name="Клавдия", phone=None),
}
CHANNELS = {
    "anna": (Channel.SMS, Channel.EMAIL, Channel.CABINET),
    "vera": (Channel.SMS, Channel.CABINET),
    "klava": (Channel.CABINET,),
}
FREE, TAKEN = 5, 1  # times at the beginning
ACTS = (NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.CANCELLED)


@dataclass
class Kept:
    """A visit as the ledger knows it."""

    who: str
    slot: int
    status: AppointmentStatus = AppointmentStatus.BOOKED
    sequence: int = 0

    @property
    def is_active(self) -> bool:
        return self.status is AppointmentStatus.BOOKED


class World:
    """The ledger of one database, which must be empty, and the acts that write it."""

    def __init__(self, today: date) -> None:
        self.visits: dict[str, Kept] = {}
        self.told: Counter[tuple[str, NoticeKind, str]] = Counter()
        self._counted: object = None
        with transaction() as session:
            self.slots, self.seeded = _times(Town(session), today)
            self.viewers = {
                who: entered(signed_in(session, person)) for who, person in PEOPLE.items()
            }
            for person in PEOPLE.values():
                people.enter(session, person)

    # acts

    def book(self, who: str, slot: int) -> None:
        with self._act(who) as (session, viewer):
            number = booking.book_slot(session, viewer, slot).number
            if number not in self.visits:  # asked twice, it is the same visit
                self.visits[number] = Kept(who, slot)
                self._told(NoticeKind.BOOKED, number)

    def hold(self, who: str, slot: int, moving: str = "") -> None:
        with self._act(who) as (session, viewer):
            holding.hold_slot(session, viewer, slot, moving=moving)

    def extend(self, who: str, slot: int) -> None:
        with self._act(who) as (session, viewer):
            holding.extend_hold(session, viewer, slot)

    def move(self, who: str, number: str, slot: int) -> None:
        with self._act(who) as (session, viewer):
            booking.move_visit(session, viewer, number, slot)
            if self.visits[number].slot != slot:
                self._change(who, number, NoticeKind.MOVED, slot=slot)

    def cancel(self, who: str, number: str) -> None:
        with self._act(who) as (session, viewer):
            booking.cancel_visit(session, viewer, number)
            self._change(who, number, NoticeKind.CANCELLED, status=AppointmentStatus.CANCELLED)

    def give_back_what_is_over(self) -> None:
        with transaction() as session:
            for hold in holds.expired(session):
                assert holds.release(session, hold.slot_id)

    def send_what_is_due(self, *, fails: bool = False) -> None:
        with transaction() as session:
            for notice in notices.claim_due(session):
                if fails:
                    notices.mark_failed(session, notice.id, permanent=False)
                else:
                    notices.mark_sent(session, notice.id)

    @contextmanager
    def _act(self, who: str) -> Generator[tuple[Session, Viewer]]:
        # the ledger is written inside: whoever holds the lock of the database, commits next
        with suppress(CabinetError), transaction() as session:
            yield session, self.viewers[who]

    def _change(self, who: str, number: str, kind: NoticeKind, **changes: Any) -> None:
        before = self.visits[number]
        assert before.who == who, "a stranger changed it"
        assert before.is_active, "it was cancelled before"
        self.visits[number] = replace(before, sequence=before.sequence + 1, **changes)
        self._told(kind, number)

    def _told(self, kind: NoticeKind, number: str) -> None:
        for channel in CHANNELS[self.visits[number].who]:
            self.told[number, kind, channel] += 1

    # what must be true at any moment

    def check(self) -> None:
        with transaction(read_only=True) as session:
            slots = session.exec(select(Slot)).all()
            self._no_visit_is_lost(session)
            self._a_time_is_as_its_rows_say(session, slots)
            self._patients_hold_one_time_each(session)
            self._counts_are_those_of_the_rows(session, slots)
            self._all_that_was_committed_is_told(session)
            self._who_comes_is_reminded(session, {slot.id: slot for slot in slots})

    def _no_visit_is_lost(self, session: Session) -> None:
        ids = {viewer.patient_id: who for who, viewer in self.viewers.items()}
        rows = {
            row.number: Kept(ids[row.patient_id], row.slot_id, row.status, row.sequence)
            for row in session.exec(select(Appointment))
        }
        assert rows == self.visits

    def _a_time_is_as_its_rows_say(self, session: Session, slots: Sequence[Slot]) -> None:
        active = [one.slot for one in self.visits.values() if one.is_active]
        assert len(active) == len(set(active)), "two visits on one time"
        busy = {slot.id for slot in slots if slot.status is SlotStatus.BUSY}
        held = {slot.id for slot in slots if slot.status is SlotStatus.HELD}
        assert busy == {*active, *self.seeded}
        assert held == set(session.exec(select(Hold.slot_id)))

    def _patients_hold_one_time_each(self, session: Session) -> None:
        holders = session.exec(select(Hold.patient_id)).all()
        assert len(holders) == len(set(holders))

    def _counts_are_those_of_the_rows(self, session: Session, slots: Sequence[Slot]) -> None:
        seen = (clock.now(), [slot.status for slot in slots])
        if seen == self._counted:  # the slowest of all, and nothing has changed
            return
        self._counted = seen
        found = timetable.look(session, self.viewers["anna"], Wanted())
        codes = dict(session.exec(select(Doctor.id, Doctor.speciality_code)).all())
        free = Counter(
            codes[slot.doctor_id]
            for slot in slots
            if slot.status is SlotStatus.FREE and slot.starts_at > clock.now()
        )
        assert {offer.code: offer.free for offer in found.specialities if offer.free} == free
        assert sum(offer.free for offer in found.branches) == free.total()

    def _all_that_was_committed_is_told(self, session: Session) -> None:
        rows = session.exec(select(Notice).where(col(Notice.kind).in_(ACTS)))
        assert Counter((row.about, row.kind, row.channel) for row in rows) == self.told

    def _who_comes_is_reminded(self, session: Session, slots: dict[int | None, Slot]) -> None:
        waiting = session.exec(
            select(Notice.about, Notice.channel, Notice.due_at).where(
                Notice.kind == NoticeKind.REMINDER,
                Notice.attempts == 0,
                col(Notice.due_at) > clock.now(),
            )
        ).all()
        expected = [
            (number, channel, moment)
            for number, one in self.visits.items()
            if one.is_active
            for moment in _reminders(slots[one.slot])
            for channel in CHANNELS[one.who]
        ]
        assert sorted(waiting) == sorted(expected)
        late = select(Notice.about).where(
            Notice.kind == NoticeKind.REMINDER, col(Notice.due_at).is_not(None)
        )
        assert all(self.visits[number].is_active for number in session.exec(late))


def _reminders(slot: Slot) -> set[Any]:
    moments = {reminder_at(slot.starts_at, hours, DEFAULT_QUIET) for hours in DEFAULT_REMIND_HOURS}
    return {moment for moment in moments if moment > clock.now()}


def _times(town: Town, today: date) -> tuple[list[int], set[int]]:
    """Ids of free times, two of which overlap, and of those that were taken from the beginning."""
    therapist, surgeon = town.doctor("therapist"), town.doctor("surgeon")
    day = timedelta(days=1)
    free = [
        town.slot(therapist, at(today + day, 9, 15)),
        town.slot(therapist, at(today + day, 10)),
        town.slot(therapist, at(today + 4 * day, 9, 15)),
        town.slot(surgeon, at(today + day, 9, 22)),
        town.slot(surgeon, at(today + 6 * day, 9)),
    ]
    taken = town.slot(therapist, at(today + day, 9, 30), is_free=False)
    return [slot.id or 0 for slot in free], {taken.id or 0}
