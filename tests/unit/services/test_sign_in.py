"""Entering the cabinet: attempts are used once, sessions end, and secrets are not kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.conftest import ANNA, FrozenClock, signed_in
from zdrav29_app.db.tables import Action, AuditEvent, Patient, SignInAttempt, WebSession
from zdrav29_app.errors import AccountUnconfirmed, AttemptExpired, AttemptUnknown, SignedOut
from zdrav29_app.services import sign_in
from zdrav29_app.services.sign_in import Viewer
from zdrav29_app.settings import settings
from zdrav29_app.values import Browser

IDLE = timedelta(minutes=settings.session_idle_minutes)
LONGEST = timedelta(hours=settings.session_hours)
SECOND = timedelta(seconds=1)


def _open(session: Session) -> str:
    return sign_in.open_session(session, ANNA, Browser("192.0.2.1", "Firefox"))


def test_an_attempt_returns_to_where_the_person_was_going(session: Session):
    attempt = sign_in.begin_attempt(session, "/booking?speciality=therapist")

    going_to = sign_in.finish_attempt(session, attempt.state, attempt.browser)

    assert going_to == "/booking?speciality=therapist"


def test_an_attempt_never_returns_to_another_site(session: Session):
    attempt = sign_in.begin_attempt(session, "//evil.example")

    assert sign_in.finish_attempt(session, attempt.state, attempt.browser) == "/home"


def test_an_attempt_is_used_once(session: Session):
    attempt = sign_in.begin_attempt(session, "/home")
    sign_in.finish_attempt(session, attempt.state, attempt.browser)

    with pytest.raises(AttemptUnknown):
        sign_in.finish_attempt(session, attempt.state, attempt.browser)


def test_an_attempt_of_another_browser_is_unknown_and_stays_usable(session: Session):
    mine = sign_in.begin_attempt(session, "/home")
    theirs = sign_in.begin_attempt(session, "/home")

    for browser in (theirs.browser, "", "guess"):
        with pytest.raises(AttemptUnknown):
            sign_in.finish_attempt(session, mine.state, browser)

    assert sign_in.finish_attempt(session, mine.state, mine.browser) == "/home"


@pytest.mark.parametrize(
    "state", ["", "not-a-uuid", "d2d6ef0c-fbf7-4a29-b0ed-ea01829c5353", "' OR 1=1 --", "\x00"]
)
def test_a_state_nobody_gave_out_is_unknown(session: Session, state: str):
    attempt = sign_in.begin_attempt(session, "/home")

    with pytest.raises(AttemptUnknown):
        sign_in.finish_attempt(session, state, attempt.browser)


def test_a_state_is_one_however_its_uuid_is_written(session: Session):
    attempt = sign_in.begin_attempt(session, "/home")

    assert sign_in.finish_attempt(session, attempt.state.upper(), attempt.browser) == "/home"


def test_an_attempt_expires(session: Session, frozen_clock: FrozenClock):
    in_time = sign_in.begin_attempt(session, "/home")
    too_late = sign_in.begin_attempt(session, "/home")

    frozen_clock.moment += sign_in.ATTEMPT_LIFETIME - SECOND
    sign_in.finish_attempt(session, in_time.state, in_time.browser)
    frozen_clock.moment += SECOND

    with pytest.raises(AttemptExpired):
        sign_in.finish_attempt(session, too_late.state, too_late.browser)


def test_the_token_leads_to_who_signed_in(session: Session):
    token = _open(session)

    viewer = sign_in.viewer_for(session, token)

    assert viewer.oid == ANNA.oid
    assert session.get_one(Patient, viewer.patient_id).last_name == ANNA.last_name


@pytest.mark.parametrize(("token", "expired"), [("", False), ("guess", True), ("\x00", True)])
def test_a_token_nobody_gave_out_signs_nobody_in(session: Session, token: str, expired: bool):
    with pytest.raises(SignedOut) as refusal:
        sign_in.viewer_for(session, token)

    assert refusal.value.expired is expired


def test_the_hash_of_a_token_is_no_token(session: Session):
    token_hash = sign_in.fingerprint(_open(session))

    with pytest.raises(SignedOut):
        sign_in.viewer_for(session, token_hash)


def test_the_database_keeps_hashes_only(session: Session):
    attempt, token = sign_in.begin_attempt(session, "/home"), _open(session)
    rows = [session.exec(select(SignInAttempt)).one(), session.exec(select(WebSession)).one()]

    kept = " ".join(str(value) for row in rows for value in row.model_dump().values())

    for secret in (attempt.state, attempt.browser, token):
        assert secret not in kept
        assert sign_in.fingerprint(secret) in kept


def test_two_sessions_have_nothing_in_common(session: Session):
    first, second = _open(session), _open(session)

    assert first != second
    assert len(first) >= 43  # 32 random bytes


def test_a_session_ends_when_nobody_uses_it(session: Session, frozen_clock: FrozenClock):
    token = _open(session)

    frozen_clock.moment += IDLE - SECOND
    sign_in.viewer_for(session, token)
    frozen_clock.moment += SECOND

    with pytest.raises(SignedOut) as refusal:
        sign_in.viewer_for(session, token)
    assert refusal.value.expired


def test_a_session_in_use_lives_on_to_its_end_and_not_longer(
    session: Session, frozen_clock: FrozenClock
):
    token = _open(session)
    end = frozen_clock.now() + LONGEST

    while frozen_clock.now() + IDLE / 2 < end:
        frozen_clock.moment += IDLE / 2
        sign_in.touch(session, sign_in.viewer_for(session, token))
    frozen_clock.moment = end

    with pytest.raises(SignedOut):
        sign_in.viewer_for(session, token)


def test_a_sign_of_life_is_written_once_a_minute(frozen_clock: FrozenClock, anna: Viewer):
    frozen_clock.advance(seconds=59)
    assert not sign_in.is_stale(anna, now=frozen_clock.now())

    frozen_clock.advance(seconds=1)
    assert sign_in.is_stale(anna, now=frozen_clock.now())


def test_signing_out_ends_this_session_only(session: Session):
    here, elsewhere = _open(session), _open(session)

    sign_in.close_session(session, here)

    with pytest.raises(SignedOut):
        sign_in.viewer_for(session, here)
    assert sign_in.viewer_for(session, elsewhere).oid == ANNA.oid


@pytest.mark.parametrize("token", ["", "guess"])
def test_signing_out_twice_or_without_a_session_is_no_error(session: Session, token: str):
    sign_in.close_session(session, token)

    assert session.exec(select(AuditEvent)).all() == []


def test_the_second_sign_in_brings_the_data_up_to_date(
    session: Session, anna: Viewer, frozen_clock: FrozenClock
):
    frozen_clock.advance(hours=1)
    married = replace(ANNA, last_name="Беломорова", phone=None, email="anna@white-sea.example")

    again = signed_in(session, married)

    patient = session.exec(select(Patient)).one()
    assert again.patient_id == anna.patient_id
    assert (patient.last_name, patient.phone) == ("Беломорова", None)
    assert patient.email == "anna@white-sea.example"
    assert patient.refreshed_at == frozen_clock.now()


def test_people_are_told_apart_by_the_oid_alone(session: Session, anna: Viewer):
    namesake = signed_in(session, replace(ANNA, oid=ANNA.oid + 1000))

    assert namesake.patient_id != anna.patient_id


def test_a_person_without_snils_policy_and_patronymic_may_enter(session: Session):
    bare = replace(
        ANNA, middle_name=None, snils=None, oms_number=None, phone=None, email=None, last_name="О"
    )

    assert signed_in(session, bare).oid == ANNA.oid


def test_an_unconfirmed_account_is_refused_and_leaves_no_trace(session: Session):
    lida = replace(ANNA, trusted=False)

    with pytest.raises(AccountUnconfirmed):
        signed_in(session, lida)

    assert session.exec(select(Patient)).all() == []
    assert session.exec(select(WebSession)).all() == []


def test_who_lost_the_confirmation_is_refused_and_keeps_the_old_data(
    session: Session, anna: Viewer
):
    with pytest.raises(AccountUnconfirmed):
        signed_in(session, replace(ANNA, trusted=False, last_name="Другая"))

    assert session.get_one(Patient, anna.patient_id).last_name == ANNA.last_name


def test_coming_and_going_are_in_the_audit_trail(session: Session):
    token = _open(session)
    sign_in.close_session(session, token)

    events = session.exec(select(AuditEvent)).all()

    row = session.exec(select(WebSession)).one()
    assert [event.action for event in events] == [Action.SIGNED_IN, Action.SIGNED_OUT]
    assert {event.session_id for event in events} == {row.id}


def test_an_endless_user_agent_is_cut(session: Session):
    sign_in.open_session(session, ANNA, Browser("192.0.2.1", "x" * 10_000))

    kept = session.exec(select(WebSession)).one().user_agent

    assert len(kept) == sign_in.USER_AGENT_LIMIT
