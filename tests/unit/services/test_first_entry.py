"""The first entry: a phone is confirmed, a consent given, a way chosen; nothing opens before."""

import re
from dataclasses import replace

import pytest
from sqlmodel import Session, select

from tests.conftest import ANNA, FrozenClock, signed_in
from zdrav29_app.db.tables import Action, AuditEvent, Consent, Notice, NoticeKind, OneTimeCode
from zdrav29_app.errors import (
    CodeBlocked,
    CodeExpired,
    CodeTooSoon,
    CodeWrong,
    EntryIncomplete,
    PhoneMissing,
    SignedOut,
)
from zdrav29_app.identity import Browser, Viewer
from zdrav29_app.services import consents, first_entry, notices, sign_in
from zdrav29_app.values import CodePurpose, Purpose, SignInWay, Stage


def _sent_code(session: Session) -> str:
    rows = session.exec(select(Notice).where(Notice.kind == NoticeKind.CODE)).all()
    return rows[-1].facts["code"]


def _other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def _again(session: Session, frozen_clock: FrozenClock) -> Viewer:
    """Anna in a session of her own, as a later request sees her."""
    del frozen_clock
    return signed_in(session, ANNA)


def test_a_code_comes_to_the_phone_of_the_profile_and_confirms_it(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    first_entry.send_code(session, anna)

    refusal = first_entry.confirm_phone(session, anna, f" {_sent_code(session)} ")

    assert refusal is None
    assert _again(session, frozen_clock).stage is Stage.CONSENT
    assert session.get(OneTimeCode, (anna.actor_id, CodePurpose.PHONE)) is None


def test_a_wrong_code_leaves_two_tries_and_then_a_new_code_is_needed(
    session: Session, anna: Viewer
):
    first_entry.send_code(session, anna)
    code = _sent_code(session)

    refusals = [first_entry.confirm_phone(session, anna, _other(code)) for _ in range(3)]
    last = first_entry.confirm_phone(session, anna, code)

    assert [each.tries_left for each in refusals if isinstance(each, CodeWrong)] == [2, 1, 0]
    assert isinstance(last, CodeExpired)


def test_five_wrong_codes_in_a_row_close_the_step_until_a_stated_time(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    for _ in range(2):
        first_entry.send_code(session, anna)
        code = _sent_code(session)
        for _ in range(3):
            refusal = first_entry.confirm_phone(session, anna, _other(code))
        frozen_clock.advance(minutes=2)

    assert isinstance(refusal, CodeBlocked)
    with pytest.raises(CodeBlocked) as blocked:
        first_entry.send_code(session, anna)
    assert isinstance(first_entry.confirm_phone(session, anna, code), CodeBlocked)
    assert blocked.value.until
    frozen_clock.moment = blocked.value.until
    first_entry.send_code(session, anna)
    assert first_entry.confirm_phone(session, anna, _sent_code(session)) is None


@pytest.mark.parametrize("typed", ["", "١٢٣٤٥٦", "12345678901234567890", "abcdef"])
def test_what_is_no_code_is_a_wrong_one(session: Session, anna: Viewer, typed: str):
    first_entry.send_code(session, anna)

    assert isinstance(first_entry.confirm_phone(session, anna, typed), CodeWrong)


def test_a_code_lives_ten_minutes_and_ends_with_the_next_one(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    first_entry.send_code(session, anna)
    old = _sent_code(session)
    frozen_clock.advance(minutes=10)
    assert isinstance(first_entry.confirm_phone(session, anna, old), CodeExpired)

    first_entry.send_code(session, anna)

    assert isinstance(first_entry.confirm_phone(session, anna, old), CodeWrong)
    assert first_entry.confirm_phone(session, anna, _sent_code(session)) is None


def test_another_code_is_sent_after_a_minute_only(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    first_entry.send_code(session, anna)
    frozen_clock.advance(seconds=20)

    with pytest.raises(CodeTooSoon) as refused:
        first_entry.send_code(session, anna)

    assert refused.value.seconds == 40
    assert first_entry.look(session, anna).code.resend_in_seconds == 40


def test_without_a_phone_at_esia_no_code_can_be_sent(session: Session):
    viewer = signed_in(session, replace(ANNA, phone=None))

    with pytest.raises(PhoneMissing):
        first_entry.send_code(session, viewer)


def test_a_code_that_was_sent_is_forgotten_in_the_outbox(session: Session, anna: Viewer):
    first_entry.send_code(session, anna)
    [due] = notices.claim_due(session)

    notices.mark_sent(session, due.id)

    assert re.fullmatch(r"\d{6}", due.facts["code"])
    assert session.get_one(Notice, due.id).facts == {}


def test_the_stages_follow_each_other_and_each_page_is_named(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    seen = [_page(signed_in(session, ANNA))]
    first_entry.send_code(session, anna)
    first_entry.confirm_phone(session, anna, _sent_code(session))
    seen.append(_page(_again(session, frozen_clock)))
    consents.give(session, anna, Purpose.CABINET)
    seen.append(_page(_again(session, frozen_clock)))
    first_entry.choose_way(session, anna, SignInWay.CODE)
    seen.append(_page(_again(session, frozen_clock)))

    assert seen == ["/welcome", "/consent", "/consent", ""]


def test_consent_is_kept_once_with_version_time_and_address(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    consents.give(session, anna, Purpose.CABINET)
    consents.give(session, anna, Purpose.CABINET)

    [row] = session.exec(select(Consent)).all()
    assert (row.version, row.given_at, row.ip) == (1, frozen_clock.now(), "192.0.2.1")
    actions = session.exec(select(AuditEvent.action)).all()
    assert actions.count(Action.CONSENT_GIVEN) == 1


def test_a_new_version_of_the_document_asks_again(
    session: Session, anna: Viewer, monkeypatch: pytest.MonkeyPatch, frozen_clock: FrozenClock
):
    consents.give(session, anna, Purpose.CABINET)
    monkeypatch.setitem(consents.CURRENT_VERSIONS, Purpose.CABINET, 2)

    assert consents.in_force(session, anna) == ()
    assert _again(session, frozen_clock).stage is not Stage.COMPLETE


def test_withdrawing_a_consent_ends_every_session(session: Session):
    token = sign_in.open_session(session, ANNA, Browser("192.0.2.1", "pytest"))
    viewer = sign_in.viewer_for(session, token)
    consents.give(session, viewer, Purpose.CABINET)

    consents.withdraw(session, viewer, Purpose.CABINET)

    with pytest.raises(SignedOut):
        sign_in.viewer_for(session, token)
    assert consents.in_force(session, viewer) == ()


def _page(viewer: Viewer) -> str:
    try:
        first_entry.check_complete(viewer)
    except EntryIncomplete as incomplete:
        return incomplete.page
    return ""
