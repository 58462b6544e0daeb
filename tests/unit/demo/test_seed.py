"""Demo data: the same every time, full enough to show, and never against what was booked."""

import re
import sys
from collections import Counter
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine, func
from sqlmodel import Session, SQLModel, col, select

from bench.export import export
from tests.conftest import FrozenClock, aside
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import (
    Branch,
    Clinic,
    ClinicKind,
    Doctor,
    Patient,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.demo import __main__ as command
from zdrav29_app.demo.people import seed_cast
from zdrav29_app.demo.seed import DEMO, QA, Tier, seed, wipe
from zdrav29_app.demo.vocabulary import vocabulary
from zdrav29_app.identity import Viewer
from zdrav29_app.rules.booking import HORIZON_DAYS
from zdrav29_app.services import booking, timetable
from zdrav29_app.services.timetable import Wanted
from zdrav29_app.values import Gender, local

SUNDAY, SATURDAY = 6, 5
DAY = timedelta(days=1)
SHOWN: tuple[type[SQLModel], ...] = (Clinic, Branch, Speciality, Doctor)


def _rows(session: Session) -> dict[str, Any]:
    shown = {
        table.__name__: [row.model_dump() for row in session.exec(select(table))] for table in SHOWN
    }
    return {**shown, "Slot": _times(session)}


def _times(session: Session) -> list[Any]:
    columns = select(Slot.doctor_id, Slot.starts_at, Slot.ends_at, Slot.status)
    return sorted(tuple(row) for row in session.exec(columns))


def _count(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def _days(session: Session, *conditions: Any) -> Counter[date]:
    moments = session.exec(select(Slot.starts_at).join(Doctor).where(*conditions))
    return Counter(local(moment).date() for moment in moments)


def _working_days(first_day: date, *, days: int = HORIZON_DAYS) -> list[date]:
    horizon = [first_day + n * DAY for n in range(days)]
    return [day for day in horizon if day.weekday() < SATURDAY]


@pytest.fixture
def seeded(session: Session, today: date) -> Session:
    seed(session, today=today)
    return session


@pytest.fixture
def four_weeks(seeded: Session, today: date) -> Session:
    seed(seeded, today=today + HORIZON_DAYS * DAY)
    return seeded


@pytest.fixture
def other_session(frozen_clock: FrozenClock) -> Any:
    made = engine_room.make_engine("sqlite://")
    SQLModel.metadata.create_all(made)
    with Session(made, expire_on_commit=False) as opened:
        yield opened
    made.dispose()


def test_the_region_has_its_size(seeded: Session):
    sizes = [_count(seeded, table) for table in (Clinic, Branch, Doctor)]

    assert sizes == [6, DEMO.places, DEMO.doctors] == [6, 10, 20]


def test_the_same_day_gives_the_same_bytes(session: Session, other_session: Session, today: date):
    for each in (session, other_session):
        seed(each, today=today, tier=Tier(places=24, doctors=70))
        seed_cast(each, today=today)

    exported = export(session)
    assert exported == export(other_session)
    assert exported.count(b"\n") > 10_000


def test_seeding_again_changes_nothing(seeded: Session, today: date):
    before = _rows(seeded)

    seed(seeded, today=today)

    assert _rows(seeded) == before


@pytest.mark.parametrize("days", [1, 5, 14, 40])
def test_topping_up_gives_the_days_that_are_missing(
    seeded: Session, other_session: Session, today: date, days: int
):
    later = today + days * DAY
    seed(other_session, today=later)

    seed(seeded, today=later)

    from_then_on = [row for row in _times(seeded) if local(row[1]).date() >= later]
    assert from_then_on == _times(other_session)


def test_topping_up_keeps_what_was_booked(seeded: Session, anna: Viewer, today: date):
    slot = seeded.exec(
        select(Slot)
        .join(Doctor)
        .where(
            Doctor.speciality_code == "ent",
            Slot.status == SlotStatus.FREE,
            Slot.kind == SlotKind.SELF,
        )
        .order_by(col(Slot.starts_at).desc())
    ).first()
    assert slot
    booking.book_slot(seeded, anna, slot.id or 0)

    seed(seeded, today=today + DAY)

    seeded.refresh(slot)
    assert slot.status is SlotStatus.BUSY


def test_a_reset_drops_people_and_begins_anew(seeded: Session, anna: Viewer, today: date):
    before = _rows(seeded)
    assert _count(seeded, Patient)

    wipe(seeded)
    seed(seeded, today=today)

    assert _rows(seeded) == before
    assert not _count(seeded, Patient)


def test_a_larger_region_is_numbered(session: Session, today: date):
    seed(session, today=today, tier=Tier(places=24, doctors=70))

    names = session.exec(select(Clinic.name)).all()
    people = session.exec(select(Doctor.last_name, Doctor.first_name, Doctor.middle_name)).all()
    assert _count(session, Branch) == 24
    assert _count(session, Doctor) == len(set(people)) == 70
    assert len(set(names)) == len(names)
    assert "ГБУЗ АО «Северодвинская городская больница № 2» (демо)" in names


def test_the_region_of_the_figures_has_eighty_thousand_times(session: Session, today: date):
    seed(session, today=today, tier=QA)

    sizes = [_count(session, table) for table in (Branch, Doctor)]
    assert sizes == [120, 400]
    assert 78_000 <= len(_times(session)) <= 82_000
    assert max(_days(session)) < today + HORIZON_DAYS * DAY


def test_four_hundred_doctors_have_names_of_their_own():
    for sex in Gender:
        names = {vocabulary().name(sex, number) for number in range(QA.doctors)}

        assert len(names) == QA.doctors


@pytest.mark.parametrize(
    ("sex", "patronymic", "surname"),
    [(Gender.FEMALE, "на", ("а", "ая")), (Gender.MALE, "ич", ("в", "н", "ий"))],
)
def test_names_agree_with_the_sex(sex: Gender, patronymic: str, surname: tuple[str, ...]):
    for number in range(QA.doctors):
        name = vocabulary().name(sex, number)

        assert name.last.endswith(surname)
        assert name.middle
        assert name.middle.endswith(patronymic)


def test_everything_can_be_told_from_the_real_thing(seeded: Session):
    assert all(name.endswith("(демо)") for name in seeded.exec(select(Clinic.name)))
    for phone in seeded.exec(select(Branch.phone)):
        assert re.fullmatch(r"\+7 \(818\d{1,2}\) 00-\d\d-\d\d", phone)  # no line begins with 00


def test_patients_can_choose_by_district_and_kind(seeded: Session):
    districts = set(seeded.exec(select(Clinic.district)))
    kinds = set(seeded.exec(select(Clinic.kind)))

    assert {"Архангельск", "Северодвинск", "Котлас", "Мезенский"} <= districts
    assert set(ClinicKind) - kinds <= {ClinicKind.DISPENSARY}
    assert all(seeded.exec(select(Branch.directions)))


def test_visits_last_as_the_orders_say(seeded: Session):
    lengths = dict(seeded.exec(select(Speciality.code, Speciality.slot_minutes)).all())

    expected = {"therapist": 15, "neurologist": 22, "ophthalmologist": 14, "dentist": 44}
    assert expected.items() <= lengths.items()
    for slot, code in seeded.exec(select(Slot, Doctor.speciality_code).join(Doctor)):
        assert slot.ends_at - slot.starts_at == timedelta(minutes=lengths[code])


def test_doctors_receive_between_eight_and_twenty(seeded: Session):
    for slot in seeded.exec(select(Slot)):
        assert time(8) <= local(slot.starts_at).time() < local(slot.ends_at).time() <= time(20)


def test_the_times_of_a_doctor_do_not_overlap(seeded: Session):
    rows = _times(seeded)

    for earlier, later in pairwise(rows):
        assert earlier[0] != later[0] or earlier[2] <= later[1]


def test_times_cover_the_horizon_few_on_saturdays_and_none_on_sundays(seeded: Session, today: date):
    days = _days(seeded)

    horizon = [today + n * DAY for n in range(HORIZON_DAYS)]
    assert set(days) == {day for day in horizon if day.weekday() != SUNDAY}
    saturdays = [days[day] for day in horizon if day.weekday() == SATURDAY]
    assert 0 < max(saturdays) < min(days[day] for day in _working_days(today)) / 2


@pytest.mark.parametrize("holiday", [date(2027, 1, 7), date(2027, 2, 23), date(2026, 11, 4)])
def test_nobody_works_on_a_holiday(session: Session, holiday: date):
    seed(session, today=holiday - 2 * DAY)

    days = _days(session)

    assert holiday not in days
    assert days


def test_half_of_the_times_are_taken(seeded: Session):
    taken = Counter(seeded.exec(select(Slot.status)))

    assert 0.3 <= taken[SlotStatus.BUSY] / taken.total() <= 0.7


def test_therapists_have_free_times_on_every_working_day(four_weeks: Session, today: date):
    is_wanted = (Doctor.speciality_code == "therapist", Slot.status == SlotStatus.FREE)
    free = _days(four_weeks, *is_wanted)

    working = _working_days(today, days=2 * HORIZON_DAYS)

    assert {day: free[day] for day in working if free[day] < 10} == {}


def test_a_branch_and_a_doctor_with_nothing_free_can_be_seen(seeded: Session):
    free = select(Doctor.id).join(Slot).where(Slot.status == SlotStatus.FREE)
    full = seeded.exec(select(Doctor).where(col(Doctor.id).not_in(free))).all()
    with_free = set(seeded.exec(select(Doctor.branch_id).where(col(Doctor.id).in_(free))))

    assert any(doctor.branch_id not in with_free for doctor in full)
    assert any(doctor.branch_id in with_free for doctor in full)


def test_every_branch_shows_an_empty_working_day_whenever_one_looks(
    four_weeks: Session, today: date
):
    for branch_id in four_weeks.exec(select(Branch.id)):
        received = _days(four_weeks, Doctor.branch_id == branch_id)

        for ahead in range(HORIZON_DAYS + 1):
            assert set(_working_days(today + ahead * DAY)) - set(received)


def test_in_the_last_minute_of_the_evening_there_is_still_much_to_choose(
    seeded: Session, anna: Viewer, frozen_clock: FrozenClock, today: date
):
    frozen_clock.advance(hours=16, minutes=59)

    found = timetable.look(seeded, anna, Wanted(speciality="therapist"))

    assert local(frozen_clock.now()).date() == today
    assert sum(offer.free for offer in found.branches) > 100
    assert found.days[0] == (today, 0)
    assert found.day == today + DAY


def test_every_person_is_offered_something(seeded: Session, anna: Viewer, boris: Viewer):
    for viewer, code in ((anna, "therapist"), (boris, "pediatrician")):
        found = timetable.look(seeded, viewer, Wanted(speciality=code))

        assert found.doctors


def test_the_command_migrates_seeds_and_resets(
    file_engine: Engine, frozen_clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
):
    for arguments in ([], [], ["--reset"]):
        monkeypatch.setattr(sys, "argv", ["demo", *arguments])
        aside(command.main)

    with engine_room.transaction(read_only=True) as session:
        assert _count(session, Doctor) == DEMO.doctors
