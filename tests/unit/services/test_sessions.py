"""Sign-ins: seen by their person alone, ended by her, announced when the device is new."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from tests.conftest import ANNA, VERA, signed_in
from zdrav29_app.db.tables import Notice, NoticeKind
from zdrav29_app.errors import NotFound, SignedOut
from zdrav29_app.identity import Browser, EsiaPerson, Proof
from zdrav29_app.services import profile, sessions, sign_in

HOME, LIBRARY = Browser("192.0.2.1", "Home/1", "home"), Browser("192.0.2.2", "Library/1", "library")


def _enter(session: Session, browser: Browser, person: EsiaPerson = ANNA) -> str:
    return sign_in.open_session(session, person, browser, Proof(factors=2))


def _warnings(session: Session) -> list[Notice]:
    return list(session.exec(select(Notice).where(Notice.kind == NoticeKind.NEW_DEVICE)))


def test_the_newest_sign_in_comes_first_and_this_one_is_marked(session: Session):
    _enter(session, LIBRARY)
    viewer = sign_in.viewer_for(session, _enter(session, HOME))

    newest, older = sessions.my_sign_ins(session, viewer)

    assert (newest.ip, newest.is_this, newest.is_live) == ("192.0.2.1", True, True)
    assert (older.ip, older.is_this, older.factors) == ("192.0.2.2", False, 2)


def test_nobody_sees_or_ends_the_sessions_of_others(session: Session):
    token = _enter(session, HOME)
    anna = sign_in.viewer_for(session, token)
    vera = signed_in(session, VERA)

    with pytest.raises(NotFound):
        sessions.end_session(session, vera, anna.session_id)

    assert sign_in.viewer_for(session, token)
    assert [each.is_this for each in sessions.my_sign_ins(session, vera)] == [True]


def test_a_session_is_ended_once(session: Session):
    other = sign_in.viewer_for(session, _enter(session, LIBRARY)).session_id
    viewer = sign_in.viewer_for(session, _enter(session, HOME))

    sessions.end_session(session, viewer, other)

    with pytest.raises(NotFound):
        sessions.end_session(session, viewer, other)
    assert [each.is_live for each in sessions.my_sign_ins(session, viewer)] == [True, False]


def test_all_sessions_end_together(session: Session):
    tokens = [_enter(session, HOME), _enter(session, LIBRARY)]

    sessions.end_all_sessions(session, sign_in.viewer_for(session, tokens[0]))

    for token in tokens:
        with pytest.raises(SignedOut):
            sign_in.viewer_for(session, token)


def test_a_new_device_is_announced_but_neither_the_first_nor_a_known_one(session: Session):
    _enter(session, HOME)
    _enter(session, HOME)
    assert _warnings(session) == []

    _enter(session, LIBRARY)
    _enter(session, LIBRARY)

    assert {(row.channel, row.facts["ip"]) for row in _warnings(session)} == {
        ("sms", "192.0.2.2"),
        ("email", "192.0.2.2"),
        ("cabinet", "192.0.2.2"),
    }


def test_what_esia_gives_differently_is_told_in_the_profile(session: Session):
    _enter(session, HOME)

    token = _enter(session, HOME, replace(ANNA, phone="+79000000777", last_name="Соловецкая"))

    mine = profile.my_profile(session, sign_in.viewer_for(session, token))
    assert mine.changes == ("last_name", "phone")
    assert mine.phone == "+79000000777"
