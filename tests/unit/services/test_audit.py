"""The audit trail: nothing happens anonymously."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from tests.conftest import ANNA, FrozenClock, signed_in
from zdrav29_app.db.tables import Action, AuditEvent
from zdrav29_app.demo.seed import wipe
from zdrav29_app.identity import Viewer
from zdrav29_app.services import audit


def test_an_event_says_who_when_and_what(session: Session, anna: Viewer, frozen_clock: FrozenClock):
    frozen_clock.advance(minutes=5)

    audit.record(session, anna, Action.BOOKED, "appointment:17")

    event = session.exec(select(AuditEvent).where(AuditEvent.action == Action.BOOKED)).one()
    assert (event.patient_id, event.session_id) == (anna.patient_id, anna.session_id)
    assert (event.at, event.subject) == (frozen_clock.now(), "appointment:17")


@pytest.mark.parametrize("missing", ["patient_id", "actor_id", "session_id"])
def test_an_anonymous_event_is_refused(session: Session, anna: Viewer, missing: str):
    nobody = replace(anna, **{missing: 0})

    with pytest.raises(ValueError, match="actor"):
        audit.record(session, nobody, Action.BOOKED, "appointment:17")


@pytest.mark.parametrize("change", [delete(AuditEvent), update(AuditEvent).values(subject="x")])
def test_what_was_recorded_can_be_neither_changed_nor_deleted(
    session: Session, anna: Viewer, change: Any
):
    assert session.exec(select(AuditEvent)).all()

    with pytest.raises(DBAPIError, match="only added to"):
        session.exec(change)


def test_making_demo_data_anew_empties_the_trail_and_protects_the_next_one(
    session: Session, anna: Viewer
):
    wipe(session)
    signed_in(session, ANNA)

    with pytest.raises(DBAPIError, match="only added to"):
        session.exec(delete(AuditEvent))
