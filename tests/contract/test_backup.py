"""Row O3: what a backup holds comes back whole, on both engines, while patients go on booking."""

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from os import environ
from pathlib import Path
from threading import Event, Thread

import pytest
from obstore.store import LocalStore
from pyrage import x25519
from sqlalchemy import Engine
from sqlmodel import SQLModel, select

from tests import servers
from tests.conftest import ANNA, TODAY, FrozenClock, Town, aside, at, entered, run, signed_in
from zdrav29_app import backup
from zdrav29_app.backup import BackupRefused
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.engine import make_engine, transaction
from zdrav29_app.db.tables import Appointment, Slot, SlotStatus
from zdrav29_app.gateways import files
from zdrav29_app.services import booking

TIMES = 120
SCAN = b"%PDF-1.7 a scan " * 20_000


@pytest.fixture
def use_folder(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Makes a folder the data folder of the house; keys stay as they are made there."""

    def use(folder: Path) -> None:
        known = backup.settings.model_copy(
            update={"data_dir": folder, "backup_keep": 2, "backup_recipient": ""}
        )
        folder.mkdir(exist_ok=True)
        store = LocalStore(folder / "files", mkdir=True)
        monkeypatch.setattr(backup, "settings", known)
        monkeypatch.setattr(files, "store", lambda: store)

    return use


@pytest.fixture
def house(
    each_engine: Engine,
    tmp_path: Path,
    use_folder: Callable[[Path], None],
    frozen_clock: FrozenClock,
) -> Path:
    """A database with many free times and a data folder, which is the answer."""
    del frozen_clock
    use_folder(tmp_path / "house")
    SQLModel.metadata.create_all(each_engine)
    return tmp_path / "house"


@pytest.fixture
def empty_house(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, use_folder: Callable[[Path], None]
) -> Iterator[Callable[[str], None]]:
    """Moves into a stand without data, of the same engine."""
    with ExitStack() as opened:

        def move_in(dialect: str) -> None:
            made = (
                make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
                if dialect == "sqlite"
                else opened.enter_context(servers.database())
            )
            opened.callback(made.dispose)
            monkeypatch.setattr(engine_room, "engine", lambda: made)
            use_folder(tmp_path / "empty")

        yield move_in


def _key(house: Path) -> Path:
    return house / "keys" / backup.OWN_KEY


def _made(house: Path) -> Path:
    aside(backup.make)
    return max((house / "backups").iterdir())


def _restore(made: Path, *key: Path) -> str:
    return aside(lambda: backup.restore(made, *key))


def _free_times() -> list[int]:
    with transaction() as session:
        town = Town(session)
        doctor = town.doctor()
        first = at(TODAY + timedelta(days=1), 8)
        made = [town.slot(doctor, first + n * timedelta(minutes=15)) for n in range(TIMES)]
        return [one.id or 0 for one in made]


def _books(slots: list[int], begun: Event, over: Event) -> None:
    for number, slot_id in enumerate(slots):
        if over.is_set():
            break
        with transaction() as session:
            patient = entered(signed_in(session, replace(ANNA, oid=5000 + number)))
            booking.book_slot(session, patient, slot_id)
        begun.set()


def test_o3_a_backup_made_while_patients_book_comes_back_whole(
    house: Path, each_engine: Engine, empty_house: Callable[[str], None]
):
    scan = run(files.put(SCAN))
    begun, over = Event(), Event()
    patients = Thread(target=_books, args=(_free_times(), begun, over))
    patients.start()
    assert begun.wait(30)

    made = _made(house)

    over.set()
    patients.join()
    after = _booked()
    empty_house(each_engine.dialect.name)
    assert "documents" in _restore(made, _key(house))
    assert 0 < _booked() <= after
    assert run(files.read(scan)) == SCAN


def _booked() -> int:
    with transaction(read_only=True) as session:
        visits = session.exec(select(Appointment.slot_id)).all()
        taken = session.exec(select(Slot.id).where(Slot.status == SlotStatus.BUSY)).all()
    assert sorted(visits) == sorted(one or 0 for one in taken)
    return len(visits)


def test_o3_who_has_not_the_key_restores_nothing(
    house: Path, each_engine: Engine, empty_house: Callable[[str], None], tmp_path: Path
):
    _free_times()
    made = _made(house)
    other = tmp_path / "other.key"
    other.write_text(f"{x25519.Identity.generate()}\n")
    empty_house(each_engine.dialect.name)

    with pytest.raises(BackupRefused, match="cannot be opened"):
        _restore(made, other)

    assert backup.snapshot.is_empty()


@pytest.mark.parametrize("cut", [1, 40_000])
def test_o3_a_backup_that_was_cut_off_or_changed_restores_nothing(
    house: Path, each_engine: Engine, empty_house: Callable[[str], None], cut: int
):
    _free_times()
    run(files.put(SCAN))
    made = _made(house)
    made.write_bytes(made.read_bytes()[:-cut] + (b"" if cut > 1 else b"\0"))
    empty_house(each_engine.dialect.name)

    with pytest.raises(BackupRefused, match="cannot be opened"):
        _restore(made, _key(house))

    assert backup.snapshot.is_empty()


def test_o3_a_stand_with_data_keeps_them(house: Path):
    _free_times()
    made = _made(house)

    with pytest.raises(BackupRefused, match="data already"):
        _restore(made)


def test_o3_old_backups_go_and_the_newest_stay(house: Path, frozen_clock: FrozenClock):
    made = list[Path]()
    for _ in range(3):
        made.append(_made(house))
        frozen_clock.advance(days=1)

    assert sorted((house / "backups").iterdir()) == made[1:]


def test_o3_what_opens_a_backup_does_not_lie_in_it(
    house: Path, each_engine: Engine, empty_house: Callable[[str], None], tmp_path: Path
):
    made = _made(house)
    empty_house(each_engine.dialect.name)

    _restore(made, _key(house))

    assert not _key(tmp_path / "empty").exists()


def test_o3_the_drill_of_the_manual_gives_the_same_rows(tmp_path: Path):
    here, there = tmp_path / "here", tmp_path / "there"
    _run(here, "zdrav29_app.demo")

    made = _run(here, "zdrav29_app.backup", "make").partition(": ")[0]
    told = _run(there, "zdrav29_app.backup", "restore", made, "--key", str(_key(here)))

    assert "is restored" in told
    assert _rows(there) == _rows(here)


def _run(data: Path, *command: str) -> str:
    env = {**environ, "ZDRAV29_DATA_DIR": str(data), "ZDRAV29_DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", *command], env=env, check=True, capture_output=True, text=True
    )
    return done.stdout


def _rows(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "zdrav29.sqlite")) as database:
        return sorted(database.iterdump())
