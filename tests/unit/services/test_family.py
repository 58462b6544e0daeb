"""Acting for children and relatives: who may, for how long, and what the other side hears."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from tests.conftest import ANNA, BORIS, VERA, FrozenClock, Town, at, entered, signed_in
from zdrav29_app.db.tables import Action, AuditEvent, Notice, NoticeKind, Patient
from zdrav29_app.errors import CodeExpired, CodeWrong, NotFound
from zdrav29_app.identity import Browser, Viewer
from zdrav29_app.services import booking, family, sign_in
from zdrav29_app.values import Relation

MOTHER = replace(ANNA, children=(replace(BORIS, trusted=False),))
PAVEL = replace(
    VERA,
    oid=1000000104,
    last_name="Мезенский",
    first_name="Павел",
    middle_name="Трофимович",
    birth_date=date(1948, 10, 15),
    oms_number="2900000000001047",
    phone="+79000000104",
)


def sign_in_mother(session: Session) -> str:
    return sign_in.open_session(session, MOTHER, Browser("192.0.2.1", "pytest"))


@pytest.fixture
def pavel(session: Session) -> Viewer:
    viewer = signed_in(session, PAVEL)
    session.get_one(Patient, viewer.patient_id).phone_confirmed_at = viewer.seen_at
    return viewer


def open_child(session: Session, token: str) -> Viewer:
    mother = sign_in.viewer_for(session, token)
    [ward] = family.my_family(session, mother).wards
    family.open_ward(session, mother, ward.id)
    return sign_in.viewer_for(session, token)


def code_sent(session: Session) -> str:
    rows = session.exec(select(Notice).where(Notice.kind == NoticeKind.RELATIVE_CODE)).all()
    return rows[-1].facts["code"]


def ask_pavel(session: Session, viewer: Viewer) -> None:
    family.ask_relative(session, viewer, PAVEL.oms_number or "", PAVEL.birth_date)


def test_a_mother_opens_her_childs_cabinet_and_returns_to_her_own(session: Session):
    token = sign_in_mother(session)

    acting = open_child(session, token)
    family.open_own(session, acting)
    back = sign_in.viewer_for(session, token)

    assert acting.is_acting
    assert acting.actor_id == back.patient_id == back.actor_id
    assert session.get_one(Patient, acting.patient_id).oid == BORIS.oid


def test_a_right_over_a_child_ends_with_its_fifteenth_birthday(
    session: Session, frozen_clock: FrozenClock
):
    token = sign_in_mother(session)
    acting = open_child(session, token)
    [ward] = family.my_family(session, acting).wards
    row = session.get_one(sign_in.WebSession, acting.session_id)
    frozen_clock.moment = ward.until
    row.seen_at, row.expires_at = ward.until, ward.until + timedelta(hours=1)

    assert not sign_in.viewer_for(session, token).is_acting


def test_a_child_that_esia_no_longer_gives_is_out_of_reach(session: Session):
    token = sign_in_mother(session)
    open_child(session, token)

    signed_in(session, ANNA)

    assert not sign_in.viewer_for(session, token).is_acting


def test_vera_cannot_open_annas_child(session: Session, vera: Viewer):
    mother = sign_in.viewer_for(session, sign_in_mother(session))
    [ward] = family.my_family(session, mother).wards

    with pytest.raises(NotFound):
        family.open_ward(session, vera, ward.id)


def test_what_a_mother_books_is_the_childs_and_she_hears_of_it(
    session: Session, town: Town, today: date
):
    pediatrician = town.doctor(town.speciality("pediatrician", children=True))
    slot = town.slot(pediatrician, at(today, 9))
    acting = entered(open_child(session, sign_in_mother(session)))

    booking.book_slot(session, acting, slot.id or 0)

    told = session.exec(select(Notice).where(Notice.kind == NoticeKind.BOOKED)).all()
    assert {one.address for one in told} == {ANNA.phone, ANNA.email, ""}
    assert {one.facts["for_first"] for one in told} == {"Борис"}
    event = session.exec(select(AuditEvent).where(AuditEvent.action == Action.BOOKED)).one()
    assert (event.patient_id, event.actor_id) == (acting.patient_id, acting.actor_id)


def test_an_adult_lets_a_relative_in_by_the_code_on_his_phone(
    session: Session, anna: Viewer, pavel: Viewer, frozen_clock: FrozenClock
):
    ask_pavel(session, anna)

    assert family.confirm_relative(session, anna, code_sent(session)) is None

    [ward] = family.my_family(session, anna).wards
    [who] = family.my_family(session, pavel).representatives
    assert (ward.name.last, ward.relation) == ("Мезенский", Relation.RELATIVE)
    assert who.until == frozen_clock.moment + timedelta(days=365)
    told = session.exec(select(Notice).where(Notice.kind == NoticeKind.RIGHT_GIVEN)).first()
    assert told
    assert told.facts["asker_last"] == ANNA.last_name


@pytest.mark.parametrize("side", ["anna", "pavel"])
def test_either_side_ends_the_right_of_a_relative(
    session: Session, anna: Viewer, pavel: Viewer, side: str
):
    ask_pavel(session, anna)
    family.confirm_relative(session, anna, code_sent(session))
    [ward] = family.my_family(session, anna).wards

    family.revoke(session, {"anna": anna, "pavel": pavel}[side], ward.id)

    assert family.my_family(session, anna).wards == ()
    assert family.my_family(session, pavel).representatives == ()


def test_a_stranger_ends_no_right_and_nobody_ends_a_parents(session: Session, vera: Viewer):
    mother = sign_in.viewer_for(session, sign_in_mother(session))
    [ward] = family.my_family(session, mother).wards

    for viewer in (vera, mother):
        with pytest.raises(NotFound):
            family.revoke(session, viewer, ward.id)


@pytest.mark.parametrize(
    ("policy", "born"),
    [
        ("2900000000001047", date(1948, 10, 16)),
        ("2900000000009999", date(1948, 10, 15)),
        (ANNA.oms_number or "", ANNA.birth_date),
    ],
)
def test_whether_such_a_person_exists_is_not_told(
    session: Session, anna: Viewer, pavel: Viewer, policy: str, born: date
):
    family.ask_relative(session, anna, policy, born)

    assert family.my_family(session, anna).code.is_sent
    assert session.exec(select(Notice).where(Notice.kind == NoticeKind.RELATIVE_CODE)).all() == []
    assert isinstance(family.confirm_relative(session, anna, "000000"), CodeWrong | CodeExpired)
    assert family.my_family(session, anna).wards == ()


def test_a_wrong_code_opens_nothing(session: Session, anna: Viewer, pavel: Viewer):
    ask_pavel(session, anna)
    wrong = f"{(int(code_sent(session)) + 1) % 10**6:06}"

    assert isinstance(family.confirm_relative(session, anna, wrong), CodeWrong)
    assert family.my_family(session, anna).wards == ()
