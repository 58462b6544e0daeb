"""Documents of a region get their files when somebody first looks, and no earlier."""

import pytest
from obstore.store import MemoryStore
from sqlalchemy import Engine
from sqlmodel import col, select

from tests.conftest import TODAY, FrozenClock, run
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import Document, DocumentVersion
from zdrav29_app.demo import delivery
from zdrav29_app.demo.region.fill import fill
from zdrav29_app.demo.region.size import Size
from zdrav29_app.gateways import files
from zdrav29_app.papers import StoredFile
from zdrav29_app.services import arrivals

PATIENTS, OF_EACH = 3, 2


@pytest.fixture
def region(file_engine: Engine, frozen_clock: FrozenClock, files_store: MemoryStore) -> None:
    engine_room.migrate()
    size = Size(places=3, doctors=6, patients=PATIENTS, slots=10, documents=PATIENTS * OF_EACH)
    with transaction() as session:
        fill(session, size, TODAY)


def _of(patient_id: int) -> list[StoredFile]:
    with transaction(read_only=True) as session:
        rows = session.exec(
            select(DocumentVersion)
            .join(Document, col(Document.id) == DocumentVersion.document_id)
            .where(Document.patient_id == patient_id)
        )
        return [StoredFile(one.store_name, one.wrapped_key, one.size, one.sha256) for one in rows]


@pytest.mark.usefixtures("region")
def test_whoever_looks_finds_files_in_her_documents_and_others_have_none_yet():
    run(delivery.deliver(2))

    assert [run(files.read(one))[:5] for one in _of(2)] == [b"%PDF-"] * OF_EACH
    assert [one.key for one in _of(1) + _of(3)] == [""] * 2 * OF_EACH


@pytest.mark.usefixtures("region")
def test_looking_again_makes_nothing_anew(files_store: MemoryStore):
    run(delivery.deliver(2))
    before = _of(2)

    run(delivery.deliver(2))

    assert _of(2) == before
    assert sum(len(batch) for batch in files_store.list()) == OF_EACH


@pytest.mark.usefixtures("region")
def test_another_master_key_wraps_the_files_that_there_are():
    run(delivery.deliver(2))

    with transaction() as session:
        number = arrivals.rewrap_keys(session, files.rewrapped)

    assert number == OF_EACH
