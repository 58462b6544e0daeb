"""The ground of unit tests: real SQLite, frozen time, the cast, and builders of a small town."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import hypothesis
import pytest
from obstore.store import MemoryStore
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from tests import servers
from zdrav29_app import clock
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import (
    Branch,
    Clinic,
    ClinicKind,
    Doctor,
    Patient,
    Slot,
    SlotStatus,
    Speciality,
)
from zdrav29_app.gateways import file_keys, files
from zdrav29_app.identity import Browser, EsiaPerson, Viewer
from zdrav29_app.services import sign_in
from zdrav29_app.values import MOSCOW, Gender, Stage

hypothesis.settings.register_profile("suite", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("suite")

Row = TypeVar("Row", bound=SQLModel)
Result = TypeVar("Result")

TODAY = date(2026, 11, 24)  # a Tuesday


@dataclass
class FrozenClock:
    """The time of the test; it moves when told to."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment

    def advance(self, **duration: float) -> None:
        """Move on by `timedelta(**duration)`."""
        self.moment += timedelta(**duration)


@dataclass
class Town:
    """Builds rows of a region; every default is what most tests want."""

    session: Session

    def __post_init__(self) -> None:
        self._numbers = count(1)

    def speciality(
        self,
        code: str,
        *,
        children: bool = False,
        women: bool = False,
        referral: bool = False,
        attached: bool = False,
    ) -> Speciality:
        known = self.session.get(Speciality, code)
        return known or self._saved(
            Speciality(
                code=code,
                name=code.capitalize(),
                for_children=children,
                for_women=women,
                by_referral=referral,
                by_attachment=attached,
                slot_minutes=15,
            )
        )

    def branch(
        self, *, district: str = "Архангельск", kind: ClinicKind = ClinicKind.POLYCLINIC
    ) -> Branch:
        number = next(self._numbers)
        clinic = self._saved(Clinic(name=f"Поликлиника № {number}", kind=kind, district=district))
        return self._saved(
            Branch(
                clinic_id=clinic.id or 0,
                name=f"Филиал № {number}",
                address=f"{district}, улица Поморская, {number}",
                phone="+7 (8182) 00-00-00",
                directions="От причала пешком.",
            )
        )

    def doctor(
        self, speciality: str | Speciality = "therapist", *, branch: Branch | None = None
    ) -> Doctor:
        kind = self.speciality(speciality) if isinstance(speciality, str) else speciality
        return self._saved(
            Doctor(
                branch_id=(branch or self.branch()).id or 0,
                speciality_code=kind.code,
                last_name=f"Лодьева-{next(self._numbers)}",
                first_name="Мария",
                middle_name="Петровна",
                post=f"Врач-{kind.code}",
                room="214",
                floor=2,
            )
        )

    def attach(self, viewer: Viewer) -> Branch:
        branch = self.branch()
        self.session.get_one(Patient, viewer.patient_id).clinic_id = branch.clinic_id
        return branch

    def slot(self, doctor: Doctor, starts_at: datetime, *, is_free: bool = True) -> Slot:
        return self._saved(
            Slot(
                doctor_id=doctor.id or 0,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=15),
                status=SlotStatus.FREE if is_free else SlotStatus.BUSY,
            )
        )

    def _saved(self, row: Row) -> Row:
        self.session.add(row)
        self.session.flush()
        return row


def aside(act: Callable[[], Result]) -> Result:
    """Call it in a thread: a browser of this process keeps a loop running in ours."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(act).result()


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine to its end."""
    return aside(lambda: asyncio.run(work))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the clocks of Arkhangelsk, in UTC."""
    return datetime.combine(day, time(hour, minute), MOSCOW).astimezone(UTC)


@pytest.fixture
def today() -> date:
    """The day of the test."""
    return TODAY


@pytest.fixture
def frozen_clock(monkeypatch: pytest.MonkeyPatch, today: date) -> FrozenClock:
    """Seven in the morning of `today`, before the doctors begin."""
    frozen = FrozenClock(at(today, 7))
    monkeypatch.setattr(clock, "now", frozen.now)
    return frozen


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An empty schema in memory."""
    made = engine_room.make_engine("sqlite://")
    SQLModel.metadata.create_all(made)
    yield made
    made.dispose()


@pytest.fixture
def session(engine: Engine, frozen_clock: FrozenClock) -> Iterator[Session]:
    """A session as `transaction()` gives it, in frozen time."""
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def file_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty database in a file (WAL), which the house takes for its own."""
    made = engine_room.make_engine(f"sqlite:///{tmp_path / 'cabinet.sqlite'}")
    monkeypatch.setattr(engine_room, "engine", lambda: made)
    yield made
    made.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def each_engine(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Engine]:
    """An empty database of each engine in turn, which the house takes for its own."""
    if request.param == "sqlite":
        yield request.getfixturevalue("file_engine")
        return
    with servers.database() as made:
        monkeypatch.setattr(engine_room, "engine", lambda: made)
        yield made


@pytest.fixture
def town(session: Session) -> Town:
    """Builds clinics, doctors and times."""
    return Town(session)


@pytest.fixture
def therapist(town: Town) -> Doctor:
    """A doctor for adults."""
    return town.doctor("therapist")


@pytest.fixture
def morning_slot(town: Town, therapist: Doctor, today: date) -> Slot:
    """09:15 today with the therapist, free."""
    return town.slot(therapist, at(today, 9, 15))


ANNA = EsiaPerson(
    oid=1000000101,
    trusted=True,
    last_name="Двинская",
    first_name="Анна",
    middle_name="Сергеевна",
    birth_date=date(1984, 4, 12),
    gender=Gender.FEMALE,
    snils="900-000-101 85",
    oms_number="2900000000001013",
    phone="+79000000101",
    email="anna@pomor.example",
)
BORIS = replace(
    ANNA,
    oid=1000000102,
    last_name="Двинской",
    first_name="Борис",
    middle_name="Павлович",
    birth_date=date(2019, 7, 27),
    gender=Gender.MALE,
    snils="900-000-102 86",
    oms_number="2900000000001021",
    phone=None,
    email=None,
)
VERA = replace(
    ANNA,
    oid=1000000103,
    last_name="Пинегина",
    first_name="Вера",
    middle_name="Ильинична",
    birth_date=date(1990, 1, 30),
    snils="900-000-103 87",
    phone="+79000000103",
    email=None,
)


def signed_in(session: Session, person: EsiaPerson) -> Viewer:
    """Whoever comes from ESIA as this person."""
    token = sign_in.open_session(session, person, Browser("192.0.2.1", "pytest"))
    return sign_in.viewer_for(session, token)


def entered(viewer: Viewer) -> Viewer:
    """The same person with her first entry behind her."""
    return replace(viewer, stage=Stage.COMPLETE)


@pytest.fixture
def anna(session: Session) -> Viewer:
    """An adult woman, mother of Boris."""
    return entered(signed_in(session, ANNA))


@pytest.fixture
def boris(session: Session) -> Viewer:
    """Anna's son, seven years old."""
    return entered(signed_in(session, BORIS))


@pytest.fixture
def vera(session: Session) -> Viewer:
    """An adult who is a stranger to both."""
    return entered(signed_in(session, VERA))


@pytest.fixture
def master_key(monkeypatch: pytest.MonkeyPatch) -> str:
    """The master key of documents for this test; gives it as it stands in the setting."""
    key = file_keys.new_key()
    monkeypatch.setattr(file_keys, "settings", SimpleNamespace(files_key=key))
    return key


@pytest.fixture
def files_store(monkeypatch: pytest.MonkeyPatch, master_key: str) -> MemoryStore:
    """An empty store of documents in memory."""
    made = MemoryStore()
    monkeypatch.setattr(files, "store", lambda: made)
    return made
