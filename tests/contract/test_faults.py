"""Row O1: what a full disk and clocks that are apart do: a clear refusal, and nothing is lost."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from obstore.store import LocalStore
from sqlalchemy import Engine, event
from sqlmodel import Session, SQLModel, col, select

from tests.conftest import ANNA, TODAY, FrozenClock, Town, at, entered, run, signed_in
from zdrav29_app import backup, clock
from zdrav29_app.db.engine import in_transaction, transaction
from zdrav29_app.db.tables import Appointment, Hold, Notice, Slot, SlotStatus
from zdrav29_app.errors import DatabaseSilent, FilesSilent, HoldEnded, SlotTaken
from zdrav29_app.gateways import files
from zdrav29_app.identity import Browser, Viewer
from zdrav29_app.services import booking, holding, notices, offers, sign_in
from zdrav29_app.services.notices import CLAIM_FOR

if sys.platform != "win32":
    import resource

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="no limit of a file's size there")
SCAN = b"%PDF-1.7 a scan " * 20_000
SECOND = timedelta(seconds=1)


@contextmanager
def _no_room(beyond: int = 4096) -> Iterator[None]:
    """No file of this process can grow beyond some bytes: the system refuses, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (beyond, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def _visits(session: Session) -> list[int]:
    return sorted(session.exec(select(Appointment.slot_id)).all())


def _busy(session: Session) -> list[int]:
    taken = session.exec(select(Slot.id).where(Slot.status == SlotStatus.BUSY)).all()
    return sorted(one or 0 for one in taken)


def _free_times(number: int) -> list[int]:
    with transaction() as session:
        town = Town(session)
        doctor = town.doctor()
        first = at(TODAY + timedelta(days=1), 8)
        made = [town.slot(doctor, first + n * timedelta(minutes=15)) for n in range(number)]
        return [one.id or 0 for one in made]


def _patient(oid: int) -> Viewer:
    with transaction() as session:
        return entered(signed_in(session, replace(ANNA, oid=oid)))


def test_o1_on_a_full_disk_an_act_is_refused_whole_and_done_when_there_is_room(
    file_engine: Engine, frozen_clock: FrozenClock
):
    SQLModel.metadata.create_all(file_engine)
    most = [1_000_000_000]

    def limit(connection: object, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {most[0]}")  # pyright: ignore[reportAttributeAccessIssue]

    event.listen(file_engine, "checkout", limit)
    people = [(_patient(5000 + n), slot) for n, slot in enumerate(_free_times(60))]
    with file_engine.connect() as connection:
        most[0] = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    done: list[int] = []

    def book_all() -> None:
        for viewer, slot in people:
            run(in_transaction(booking.book_slot, viewer, slot))
            done.append(slot)

    with pytest.raises(DatabaseSilent):
        book_all()

    viewer, refused = people[len(done)]
    with transaction(read_only=True) as session:
        assert _visits(session) == _busy(session) == done
    most[0] = 1_000_000_000
    run(in_transaction(booking.book_slot, viewer, refused))
    with transaction(read_only=True) as session:
        assert _visits(session) == _busy(session) == [*done, refused]


@on_unix
def test_o1_a_document_that_finds_no_room_is_refused_and_leaves_no_part_of_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, master_key: str
):
    store = LocalStore(tmp_path)
    monkeypatch.setattr(files, "store", lambda: store)
    kept = run(files.put(SCAN))

    with pytest.raises(FilesSilent), _no_room():
        run(files.put(SCAN))

    assert [path.name for path in tmp_path.rglob("*")] == [kept.name]
    assert run(files.read(kept)) == SCAN
    assert run(files.read(run(files.put(SCAN)))) == SCAN


@on_unix
def test_o3_a_backup_that_finds_no_room_leaves_the_older_ones_and_no_part_of_itself(
    file_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    SQLModel.metadata.create_all(file_engine)
    known = backup.settings.model_copy(update={"data_dir": tmp_path / "house"})
    store = LocalStore(tmp_path / "files", mkdir=True)
    monkeypatch.setattr(backup, "settings", known)
    monkeypatch.setattr(files, "store", lambda: store)
    monkeypatch.setattr(sys, "argv", ["backup", "make"])
    assert backup.main() == 0
    made = list((tmp_path / "house" / "backups").iterdir())

    with _no_room():
        assert backup.main() == 1

    assert list((tmp_path / "house" / "backups").iterdir()) == made
    assert len(made) == 1


@pytest.fixture
def on_the_worker(monkeypatch: pytest.MonkeyPatch, frozen_clock: FrozenClock) -> Callable[..., Any]:
    """Runs an act on a worker whose clock is so much ahead of the first one's."""

    def work(ahead: timedelta, act: Callable[..., Any], *given: object) -> Any:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(clock, "now", lambda: frozen_clock.moment + ahead)
            return run(in_transaction(act, *given))

    return work


NOW, HOUR = timedelta(), timedelta(hours=1)


def test_o1_a_worker_whose_clock_is_ahead_ends_a_hold_and_never_gives_a_time_out_twice(
    each_engine: Engine, on_the_worker: Callable[..., Any]
):
    SQLModel.metadata.create_all(each_engine)
    anna, vera, [slot] = _patient(5001), _patient(5002), _free_times(1)
    on_the_worker(NOW, holding.hold_slot, anna, slot)

    on_the_worker(HOUR, offers.end_over)
    on_the_worker(HOUR, booking.book_slot, vera, slot)
    for ahead in (NOW, HOUR):
        with pytest.raises((SlotTaken, HoldEnded)):
            on_the_worker(ahead, booking.book_slot, anna, slot)

    with transaction(read_only=True) as session:
        assert _visits(session) == _busy(session) == [slot]
        assert session.exec(select(Hold)).all() == []
        [visit] = session.exec(select(Appointment)).all()
        assert visit.patient_id == vera.patient_id


@pytest.mark.parametrize("ahead", [-CLAIM_FOR + SECOND, NOW, CLAIM_FOR - SECOND], ids=str)
def test_o1_clocks_apart_by_less_than_two_minutes_send_no_message_twice(
    each_engine: Engine, on_the_worker: Callable[..., Any], ahead: timedelta
):
    SQLModel.metadata.create_all(each_engine)
    anna = _patient(5001)
    on_the_worker(-CLAIM_FOR, notices.send_test, anna)
    with transaction(read_only=True) as session:
        waiting = len(session.exec(select(Notice.id).where(col(Notice.due_at).is_not(None))).all())

    claimed = on_the_worker(NOW, notices.claim_due)

    assert len(claimed) == waiting > 0
    assert on_the_worker(ahead, notices.claim_due) == []


@pytest.mark.parametrize("ahead", [-timedelta(minutes=5), timedelta(minutes=5)], ids=str)
def test_o1_a_session_of_one_worker_holds_on_another_whose_clock_is_apart(
    each_engine: Engine, on_the_worker: Callable[..., Any], ahead: timedelta
):
    SQLModel.metadata.create_all(each_engine)
    browser = Browser("192.0.2.1", "pytest")
    token = on_the_worker(NOW, sign_in.open_session, ANNA, browser)

    there = on_the_worker(ahead, sign_in.viewer_for, token)
    on_the_worker(ahead, sign_in.touch, there)

    here = on_the_worker(NOW, sign_in.viewer_for, token)
    assert (here.session_id, here.patient_id) == (there.session_id, there.patient_id)
