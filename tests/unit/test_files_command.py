"""`python -m zdrav29_app.files`: a fresh master key, and every data key under it."""

import sys
from types import SimpleNamespace

import pytest
from obstore.store import MemoryStore
from sqlalchemy import Engine

from tests.conftest import ANNA, FrozenClock, run, signed_in
from tests.unit.services.test_documents import NEW
from zdrav29_app import files as command
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import Action
from zdrav29_app.gateways import file_keys, files
from zdrav29_app.papers import DocumentFormat
from zdrav29_app.services import arrivals, documents
from zdrav29_app.services.arrivals import NewVersion


def _run(monkeypatch: pytest.MonkeyPatch, act: str) -> None:
    monkeypatch.setattr(sys, "argv", ["files", act])
    command.main()


def test_a_new_key_is_one_that_the_setting_takes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    _run(monkeypatch, "new-key")

    assert len(file_keys.parse(capsys.readouterr().out)) == 1


def test_after_rotating_the_old_master_key_opens_nothing_and_the_new_one_everything(
    file_engine: Engine,
    files_store: MemoryStore,
    frozen_clock: FrozenClock,
    master_key: str,
    monkeypatch: pytest.MonkeyPatch,
):
    engine_room.migrate()
    stored = run(files.put(b"secret"))
    with engine_room.transaction() as session:
        viewer = signed_in(session, ANNA)
        version = NewVersion(stored, DocumentFormat.XML, frozen_clock.now())
        document_id = arrivals.add(session, viewer.patient_id, NEW, version)
    new = file_keys.new_key()
    both = SimpleNamespace(files_key=f"{new},{master_key}")
    monkeypatch.setattr(file_keys, "settings", both)

    _run(monkeypatch, "rotate")

    monkeypatch.setattr(file_keys, "settings", SimpleNamespace(files_key=new))
    with engine_room.transaction() as session:
        opened = documents.open_document(session, viewer, document_id, act=Action.DOCUMENT_OPENED)
    assert run(files.read(opened.shown.file)) == b"secret"
