"""The engine: aware times, whole transactions, and readers that wait for nobody."""

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import anyio
import pytest
from prometheus_client import REGISTRY
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel, select

from tests import servers
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import Action, Doctor, Patient
from zdrav29_app.errors import DatabaseSilent
from zdrav29_app.identity import Addressee
from zdrav29_app.services import audit
from zdrav29_app.values import MOSCOW, Gender

Result = TypeVar("Result")

MOMENT = datetime(2026, 11, 24, 6, 15, 7, 123456, tzinfo=UTC)


@pytest.fixture(autouse=True)
def schema(file_engine: Engine) -> None:
    SQLModel.metadata.create_all(file_engine)


def _patient(refreshed_at: datetime = MOMENT, oid: int = 1) -> Patient:
    return Patient(
        oid=oid,
        last_name="Двинская",
        first_name="Анна",
        birth_date=date(1984, 4, 12),
        gender=Gender.FEMALE,
        refreshed_at=refreshed_at,
    )


def _run(work: Callable[[], Awaitable[Result]]) -> Result:
    # a thread of its own: Playwright keeps a loop running in the thread of the tests
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, work).result()


def _save(session: Session, oid: int) -> int:
    session.add(_patient(oid=oid))
    session.flush()
    return oid


def _oids(session: Session) -> list[int]:
    return list(session.exec(select(Patient.oid)))


def _save_and_fail(session: Session) -> None:
    _save(session, 1)
    raise ZeroDivisionError


def test_a_naive_moment_is_refused():
    with pytest.raises(StatementError, match="naive"), engine_room.transaction() as session:
        session.add(_patient(datetime(2026, 11, 24, 9, 15)))  # noqa: DTZ001  this is the point


@pytest.mark.parametrize("zone", [UTC, MOSCOW, timezone(timedelta(hours=-9, minutes=-30))], ids=str)
def test_a_moment_comes_back_aware_and_in_utc(zone):
    with engine_room.transaction() as session:
        session.add(_patient(MOMENT.astimezone(zone)))

    with engine_room.transaction(read_only=True) as session:
        found = session.exec(select(Patient.refreshed_at)).one()

    assert found == MOMENT
    assert found.utcoffset() == timedelta(0)


def test_moments_are_compared_whatever_their_zone():
    with engine_room.transaction() as session:
        session.add(_patient())

    with engine_room.transaction(read_only=True) as session:
        later = select(Patient).where(Patient.refreshed_at > MOMENT.astimezone(MOSCOW))
        same = select(Patient).where(Patient.refreshed_at == MOMENT.astimezone(MOSCOW))

        assert session.exec(later).all() == []
        assert len(session.exec(same).all()) == 1


def test_an_exception_rolls_everything_back():
    with pytest.raises(ZeroDivisionError), engine_room.transaction() as session:
        _save_and_fail(session)

    with engine_room.transaction(read_only=True) as session:
        assert _oids(session) == []


def test_rows_stay_readable_after_the_transaction():
    with engine_room.transaction() as session:
        patient = _patient()
        session.add(patient)

    assert patient.last_name == "Двинская"


def test_reading_does_not_wait_for_a_writer():
    with engine_room.transaction() as session:
        _save(session, 1)

    with engine_room.transaction() as writer:
        _save(writer, 2)
        with engine_room.transaction(read_only=True) as reader:
            seen = _oids(reader)  # a reader that waited for this writer would wait for ever

    assert seen == [1]


def test_a_use_case_runs_in_a_transaction_of_its_own():
    assert _run(lambda: engine_room.in_transaction(_save, 7)) == 7

    assert _run(lambda: engine_room.reading(_oids)) == [7]


def test_writers_in_many_threads_take_turns():
    async def save(oid: int) -> None:
        await engine_room.in_transaction(_save, oid)

    async def save_all() -> None:
        async with anyio.create_task_group() as group:
            for oid in range(1, 21):
                group.start_soon(save, oid)

    _run(save_all)

    assert sorted(_run(lambda: engine_room.reading(_oids))) == list(range(1, 21))


def test_a_row_that_points_nowhere_is_refused():
    lost = Doctor(
        branch_id=10**6,
        speciality_code="therapist",
        last_name="Лодьева",
        first_name="Мария",
        post="Врач",
        room="1",
        floor=1,
    )

    with pytest.raises(IntegrityError), engine_room.transaction() as session:
        session.add(lost)


def test_the_file_is_in_wal_mode(file_engine: Engine):
    with file_engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_the_cabinet_is_ready_when_its_schema_is_the_newest(file_engine: Engine):
    SQLModel.metadata.drop_all(file_engine)
    assert _run(engine_room.what_is_missing) == "database"

    engine_room.migrate()
    assert _run(engine_room.is_ready)

    with file_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    assert _run(engine_room.what_is_missing) == "migrations"


def test_a_database_that_is_away_is_named_as_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    away = engine_room.make_engine(f"sqlite:///{tmp_path / 'no-such-folder' / 'cabinet.sqlite'}")
    monkeypatch.setattr(engine_room, "engine", lambda: away)

    with pytest.raises(DatabaseSilent):
        _run(lambda: engine_room.reading(_oids))


def test_a_postgresql_that_is_gone_without_a_word_is_given_up_soon():
    with servers.database() as made:
        asked = _asked_of_the_driver(made)
        url = made.url.update_query_dict({"connect_timeout": "9"})
        own = _asked_of_the_driver(
            engine_room.make_engine(url.render_as_string(hide_password=False))
        )

    assert int(asked["keepalives_idle"]) + 4 * int(asked["keepalives_interval"]) <= 30
    assert int(asked["tcp_user_timeout"]) <= 30_000
    assert (asked["connect_timeout"], own["connect_timeout"]) == ("5", "9")


def _asked_of_the_driver(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        asked = driver.info.get_parameters()
    engine.dispose()
    return asked


def test_acts_are_counted_when_they_are_kept_and_not_when_they_are_rolled_back():
    def booked() -> float:
        return REGISTRY.get_sample_value("zdrav29_acts_total", {"act": "booked"}) or 0

    before = booked()
    with pytest.raises(ZeroDivisionError), engine_room.transaction() as session:
        _book_and_fail(session)
    assert booked() == before

    with engine_room.transaction() as session:
        _book(session)
    assert booked() == before + 1


def _book_and_fail(session: Session) -> None:
    _book(session)
    raise ZeroDivisionError


def _book(session: Session) -> None:
    patient = _patient()
    session.add(patient)
    session.flush()
    who = patient.id or 0
    audit.record(session, Addressee(who, who), Action.BOOKED, "appointment:1")
    session.flush()
