"""Requests to support: numbers, threads, whose they are, and how long an answer may take."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.conftest import FrozenClock
from zdrav29_app.db.tables import Action, AuditEvent, SupportRequest
from zdrav29_app.errors import NotFound, TooManyRequests
from zdrav29_app.identity import Viewer
from zdrav29_app.rules.support import MOST_OPEN
from zdrav29_app.services import support
from zdrav29_app.services.support import Question
from zdrav29_app.values import SupportStatus, SupportTopic

QUESTION = Question(SupportTopic.ERROR, "Страница не открылась", "код SYS-500")


def test_a_request_gets_a_number_and_a_day_by_which_it_is_answered(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    made = support.ask(session, anna, QUESTION)

    [mine] = support.my_requests(session, anna)
    assert mine.number == made.number
    assert mine.status is SupportStatus.NEW
    assert mine.due_at == frozen_clock.moment + timedelta(days=3)
    assert [said.text for said in mine.thread] == ["Страница не открылась"]
    assert session.exec(select(AuditEvent.action)).all()[-1] is Action.SUPPORT_ASKED


def test_what_threatens_an_account_is_answered_within_a_day(session: Session, anna: Viewer):
    made = support.ask(session, anna, Question(SupportTopic.SECURITY, "Это не я"))

    assert made.due_at - made.created_at == timedelta(days=1)


def test_vera_neither_sees_nor_continues_annas_request(
    session: Session, anna: Viewer, vera: Viewer
):
    made = support.ask(session, anna, QUESTION)

    with pytest.raises(NotFound):
        support.go_on(session, vera, made.number, "Я тоже")

    assert support.my_requests(session, vera) == []


def test_an_answered_request_waits_again_when_its_thread_goes_on(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    made = support.ask(session, anna, QUESTION)
    row = session.exec(select(SupportRequest)).one()
    row.status = SupportStatus.ANSWERED
    frozen_clock.advance(days=5)

    support.go_on(session, anna, made.number, "Не помогло")

    [mine] = support.my_requests(session, anna)
    assert mine.status is SupportStatus.NEW
    assert mine.due_at == frozen_clock.moment + timedelta(days=3)
    assert [said.text for said in mine.thread][-1] == "Не помогло"


def test_a_request_from_outside_belongs_to_nobody_and_keeps_the_contact(
    session: Session, anna: Viewer
):
    support.ask_from_outside(session, QUESTION, "+7 900 000-01-01")

    assert support.my_requests(session, anna) == []
    assert session.exec(select(SupportRequest.contact)).one() == "+7 900 000-01-01"


def test_nobody_holds_very_many_open_requests(session: Session, anna: Viewer):
    for _ in range(MOST_OPEN):
        support.ask(session, anna, QUESTION)

    with pytest.raises(TooManyRequests):
        support.ask(session, anna, QUESTION)
