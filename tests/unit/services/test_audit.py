"""The audit trail: nothing happens anonymously."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock
from zdrav29_app.db.tables import Action, AuditEvent
from zdrav29_app.services import audit
from zdrav29_app.services.sign_in import Viewer


def test_an_event_says_who_when_and_what(session: Session, anna: Viewer, frozen_clock: FrozenClock):
    frozen_clock.advance(minutes=5)

    audit.record(session, anna, Action.BOOKED, "appointment:17")

    event = session.exec(select(AuditEvent).where(AuditEvent.action == Action.BOOKED)).one()
    assert (event.patient_id, event.session_id) == (anna.patient_id, anna.session_id)
    assert (event.at, event.subject) == (frozen_clock.now(), "appointment:17")


@pytest.mark.parametrize("missing", ["patient_id", "session_id"])
def test_an_anonymous_event_is_refused(session: Session, anna: Viewer, missing: str):
    nobody = replace(anna, **{missing: 0})

    with pytest.raises(ValueError, match="actor"):
        audit.record(session, nobody, Action.BOOKED, "appointment:17")
