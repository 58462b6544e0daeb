"""Past visits of the demo's cast: believable, the same every time, and told in words."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.conftest import ANNA, FrozenClock
from zdrav29_app.db.tables import Appointment, AppointmentStatus, Doctor, Patient, Slot
from zdrav29_app.demo.people import seed_cast
from zdrav29_app.demo.seed import seed
from zdrav29_app.services import visits
from zdrav29_app.services.visits import Visit
from zdrav29_app.values import local

PAVEL = 1000000104


@pytest.fixture
def cast(session: Session, today: date) -> Session:
    seed(session, today=today)
    seed_cast(session, today=today)
    session.flush()
    return session


def _visits(session: Session, oid: int) -> list[Visit]:
    return visits.visits_of(session, session.exec(select(Patient).where(Patient.oid == oid)).one())


def test_anna_has_been_to_doctors_twice_and_missed_one_visit(cast: Session):
    mine = _visits(cast, ANNA.oid)

    assert [visit.status for visit in mine] == [
        AppointmentStatus.NO_SHOW,
        AppointmentStatus.FULFILLED,
        AppointmentStatus.FULFILLED,
    ]
    assert visits.missed_lately(mine) == 1


def test_a_visit_missed_more_than_a_year_ago_is_not_counted(
    cast: Session, frozen_clock: FrozenClock
):
    frozen_clock.advance(days=365)

    assert visits.missed_lately(_visits(cast, ANNA.oid)) == 0


def test_a_clinic_that_called_a_visit_off_says_why(cast: Session):
    [cancelled] = [visit for visit in _visits(cast, PAVEL) if visit.is_cancelled]

    assert cancelled.is_by_clinic
    assert cancelled.cancel_reason == "врач заболел"


def test_all_of_them_lie_in_the_past_on_working_days_with_doctors_of_the_region(
    cast: Session, frozen_clock: FrozenClock
):
    rows = cast.exec(select(Slot, Doctor).join(Appointment).join(Doctor)).all()

    assert len(rows) >= 15
    for slot, _ in rows:
        assert slot.starts_at < frozen_clock.now()
        assert local(slot.starts_at).weekday() < 5


def test_making_them_again_adds_nothing(cast: Session, today: date):
    def rows() -> list[Any]:
        found = select(Appointment.number, Appointment.slot_id).order_by(col(Appointment.number))
        return list(cast.exec(found))

    before = rows()

    seed_cast(cast, today=today + timedelta(days=1))

    assert rows() == before
