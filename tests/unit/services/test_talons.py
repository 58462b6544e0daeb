"""The talon sent on demand: to a confirmed contact, of one's own visit only."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from tests.conftest import Town, at
from zdrav29_app.db.tables import Action, AuditEvent, Notice, NoticeKind, Slot
from zdrav29_app.errors import BadInput, NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.services import booking, preferences, talons
from zdrav29_app.services.preferences import Contacts
from zdrav29_app.values import Channel, NoticeGroup


def _booked(session: Session, viewer: Viewer, slot: Slot) -> str:
    return booking.book_slot(session, viewer, slot.id or 0).number


def _sent(session: Session) -> list[tuple[Channel, str, str]]:
    rows = session.exec(
        select(Notice).where(Notice.kind == NoticeKind.TALON).order_by(col(Notice.id))
    )
    return [(row.channel, row.address, row.facts["number"]) for row in rows]


@pytest.mark.parametrize(
    ("channel", "address"), [(Channel.SMS, "+79000000101"), (Channel.EMAIL, "anna@pomor.example")]
)
def test_the_talon_is_sent_whatever_the_settings_say(
    session: Session, anna: Viewer, morning_slot: Slot, channel: Channel, address: str
):
    silent = {**preferences.DEFAULTS.channels, NoticeGroup.VISITS: frozenset[Channel]()}
    preferences.save(session, anna, replace(preferences.DEFAULTS, channels=silent))
    number = _booked(session, anna, morning_slot)

    talons.send(session, anna, number, channel)

    assert _sent(session) == [(channel, address, number)]
    last = session.exec(select(AuditEvent).order_by(col(AuditEvent.id).desc())).first()
    assert last
    assert (last.action, last.subject) == (Action.TALON_SENT, f"talon:{number}")


def test_nothing_is_sent_where_there_is_no_contact(
    session: Session, vera: Viewer, morning_slot: Slot
):
    number = _booked(session, vera, morning_slot)

    with pytest.raises(BadInput):
        talons.send(session, vera, number, Channel.EMAIL)

    assert _sent(session) == []


def test_the_talon_of_a_child_goes_to_the_parent_who_acts_and_names_the_child(
    session: Session, town: Town, anna: Viewer, boris: Viewer
):
    acting = replace(anna, patient_id=boris.patient_id)
    doctor = town.doctor(town.speciality("pediatrician", children=True))
    number = _booked(session, acting, town.slot(doctor, at(anna.seen_at.date(), 10)))
    assert talons.contacts(session, acting, number) == Contacts(
        "+79000000101", "anna@pomor.example"
    )

    talons.send(session, acting, number, Channel.SMS)

    assert _sent(session) == [(Channel.SMS, "+79000000101", number)]
    notice = session.exec(select(Notice).where(Notice.kind == NoticeKind.TALON)).one()
    assert notice.facts["for_last"] == "Двинской"


def test_vera_cannot_have_annas_talon_sent(
    session: Session, anna: Viewer, vera: Viewer, morning_slot: Slot
):
    number = _booked(session, anna, morning_slot)

    with pytest.raises(NotFound):
        talons.send(session, vera, number, Channel.SMS)
