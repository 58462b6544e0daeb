"""Values that a page takes from other documents of the patient: who acts for her leaves a trace."""

from dataclasses import replace
from datetime import date

import pytest
from obstore.store import MemoryStore
from sqlalchemy import Engine

from tests.conftest import ANNA, VERA, FrozenClock, entered, run, signed_in
from zdrav29_app import archive
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.tables import Action
from zdrav29_app.demo import records
from zdrav29_app.demo.seed import make_anew
from zdrav29_app.identity import Viewer
from zdrav29_app.services import documents


@pytest.fixture
def anna_and_who_acts_for_her(
    file_engine: Engine, files_store: MemoryStore, frozen_clock: FrozenClock, today: date
) -> tuple[Viewer, Viewer]:
    """Anna with her record, and somebody who has opened her cabinet."""
    engine_room.migrate()
    with engine_room.transaction() as session:
        make_anew(session, today=today)
        anna, vera = (entered(signed_in(session, one)) for one in (ANNA, VERA))
    run(records.deliver(anna.patient_id))
    return anna, replace(vera, patient_id=anna.patient_id)


def _traces(anna: Viewer) -> dict[str, int]:
    """How many documents of each name were quoted."""
    with engine_room.transaction() as session:
        quoted = [
            paper.name
            for paper in documents.my_documents(session, anna)
            for access in documents.accesses(session, anna, paper.id)
            if access.action is Action.DOCUMENT_QUOTED
        ]
    return {name: quoted.count(name) for name in quoted}


def test_trends_and_vaccinations_of_another_are_noted_and_ones_own_are_not(
    anna_and_who_acts_for_her: tuple[Viewer, Viewer], today: date
):
    anna, acting = anna_and_who_acts_for_her

    run(archive.results_over_time(anna, until=today))
    run(archive.vaccinations(anna, until=today))
    own = _traces(anna)
    run(archive.results_over_time(acting, until=today))
    run(archive.vaccinations(acting, until=today))

    assert own == {}
    assert _traces(anna) == {
        "Общий (клинический) анализ крови": 7,
        "Биохимический анализ крови": 4,
        "Сертификат профилактических прививок": 1,
    }
