"""A region of load tests, scaled down: alike on both engines, whole, and one can sign in to it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func
from sqlmodel import Session, SQLModel, col, select

from tests import servers
from tests.conftest import ANNA, TODAY, FrozenClock
from zdrav29_app.db.engine import make_engine
from zdrav29_app.db.tables import (
    Attachment,
    Clinic,
    Consent,
    Doctor,
    Document,
    DocumentVersion,
    Patient,
    Slot,
    SlotStatus,
)
from zdrav29_app.demo.region import people
from zdrav29_app.demo.region.fill import NotEmpty, digests, fill
from zdrav29_app.demo.region.size import REGION
from zdrav29_app.identity import Browser
from zdrav29_app.rules.attachment import primary_care_for
from zdrav29_app.services import booking, sign_in, timetable
from zdrav29_app.services.timetable import Wanted
from zdrav29_app.values import Gender, OmsNumber, Snils, Stage

SMALL = replace(REGION.scaled(1 / 2000), places=12, doctors=30)


def _filled(engine: Engine, day: date) -> Engine:
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        fill(session, SMALL, day)
    return engine


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def region(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The small one, on each engine in turn."""
    if request.param == "postgresql":
        with servers.database() as database:
            yield _filled(database, TODAY)
        return
    memory = make_engine("sqlite://")
    yield _filled(memory, TODAY)
    memory.dispose()


@pytest.fixture
def looking(region: Engine, frozen_clock: FrozenClock) -> Iterator[Session]:
    """A session whose changes are taken back."""
    with Session(region) as session:
        yield session
        session.rollback()


def _count(session: Session, table: type[SQLModel], *conditions: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(*conditions)).one()


def test_the_region_is_as_large_as_asked(looking: Session):
    sizes = [_count(looking, table) for table in (Doctor, Slot, Patient, Document)]

    assert sizes == [SMALL.doctors, SMALL.slots, SMALL.patients, SMALL.documents]
    assert sizes[1:] == [420, 475, 1000]


def test_the_same_day_gives_the_same_rows_whichever_the_engine(looking: Session):
    memory = make_engine("sqlite://")

    with _filled(memory, TODAY).connect() as connection:
        again = digests(connection)

    memory.dispose()
    first = digests(looking.connection())
    assert first == again
    assert first["document"].rows == first["document_version"].rows == SMALL.documents


def test_another_day_gives_other_rows(looking: Session):
    memory = make_engine("sqlite://")

    with _filled(memory, TODAY + timedelta(days=1)).connect() as connection:
        tomorrow = digests(connection)

    memory.dispose()
    first = digests(looking.connection())
    assert {name for name in first if first[name] != tomorrow[name]} >= {"slot", "patient"}


def test_every_row_belongs_to_one_that_exists(looking: Session):
    connection = looking.connection()

    for table in SQLModel.metadata.sorted_tables:
        for key in table.foreign_keys:
            known = key.column.table.alias()
            found = table.outerjoin(known, key.parent == known.c[key.column.name])
            orphans = select(func.count()).select_from(found)
            orphans = orphans.where(key.parent.is_not(None), known.c[key.column.name].is_(None))
            assert connection.execute(orphans).scalar_one() == 0, key


def test_numbers_of_people_are_right_and_nobody_shares_one(looking: Session):
    rows = looking.exec(select(Patient)).all()

    for row in rows:
        assert Snils.parse(row.snils or "").digits == row.snils
        assert OmsNumber.parse(row.oms_number or "").digits == row.oms_number
    for name in ("oid", "snils", "oms_number", "phone", "email"):
        assert len({getattr(row, name) for row in rows}) == SMALL.patients


def test_everybody_is_attached_where_her_age_is_received(looking: Session, today: date):
    rows = looking.exec(
        select(Patient, Attachment, Clinic)
        .join(Attachment, col(Attachment.patient_id) == Patient.id)
        .join(Clinic, col(Clinic.id) == Patient.clinic_id)
    ).all()

    assert len(rows) == SMALL.patients
    for patient, term, clinic in rows:
        assert term.clinic_id == patient.clinic_id
        assert term.until is None
        assert clinic.kind in primary_care_for(patient.birth_date, today)


def test_women_and_men_have_entered_alike(looking: Session):
    who = select(Patient.gender).where(col(Patient.next_way).is_not(None))
    entered = Counter(looking.exec(who))

    assert abs(entered[Gender.FEMALE] - entered[Gender.MALE]) <= 1


def test_a_tenth_has_entered_and_consented(looking: Session):
    entered = _count(looking, Patient, col(Patient.next_way).is_not(None))

    assert entered == _count(looking, Consent) == SMALL.patients // 10 > 40


def test_who_is_made_in_the_simulator_signs_in_as_a_patient_of_the_region(
    looking: Session,
):
    person = replace(ANNA, oid=people.FIRST_OID + 9)

    token = sign_in.open_session(looking, person, Browser("127.0.0.1", "test"))

    viewer = sign_in.viewer_for(looking, token)
    assert (viewer.patient_id, viewer.stage) == (10, Stage.COMPLETE)
    assert _count(looking, Patient) == SMALL.patients


def test_a_time_of_the_region_is_found_and_booked(looking: Session):
    person = replace(ANNA, oid=people.FIRST_OID + 9)
    token = sign_in.open_session(looking, person, Browser("127.0.0.1", "test"))
    viewer = sign_in.viewer_for(looking, token)

    found = timetable.look(looking, viewer, Wanted(speciality="ent"))
    slot_id = found.doctors[0].times[0].slot_id
    booking.book_slot(looking, viewer, slot_id)

    assert looking.get_one(Slot, slot_id).status is SlotStatus.BUSY


def test_new_rows_go_on_behind_those_of_the_region(looking: Session):
    sign_in.open_session(looking, replace(ANNA, oid=5), Browser("127.0.0.1", "test"))

    newest = looking.exec(select(func.max(Patient.id))).one()

    assert newest == SMALL.patients + 1


def test_a_database_that_holds_something_is_left_as_it_is(looking: Session, today: date):
    with pytest.raises(NotEmpty):
        fill(looking, SMALL, today)


def test_no_document_has_a_file_before_somebody_looks(looking: Session):
    assert _count(looking, DocumentVersion, DocumentVersion.wrapped_key == "") == SMALL.documents
