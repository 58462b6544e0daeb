"""Entering the cabinet: attempts are used once, sessions end, and secrets are not kept."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.conftest import ANNA, BORIS, VERA, FrozenClock, signed_in
from zdrav29_app.db.tables import Action, AuditEvent, Patient, SignInAttempt, WebSession
from zdrav29_app.errors import (
    AccountUnconfirmed,
    AttemptExpired,
    AttemptUnknown,
    SignedOut,
    StepUpFailed,
    StepUpNeeded,
)
from zdrav29_app.identity import Browser, Proof, Viewer, fingerprint
from zdrav29_app.services import attempts, family, sign_in
from zdrav29_app.settings import settings

IDLE = timedelta(minutes=settings.session_idle_minutes)
LONGEST = timedelta(hours=settings.session_hours)
SECOND = timedelta(seconds=1)


def _open(session: Session) -> str:
    return sign_in.open_session(session, ANNA, Browser("192.0.2.1", "Firefox"))


def test_an_attempt_returns_to_where_the_person_was_going(session: Session):
    attempt = attempts.begin(session, "/booking?speciality=therapist")

    going_to = attempts.finish(session, attempt.state, attempt.browser).going_to

    assert going_to == "/booking?speciality=therapist"


def test_an_attempt_never_returns_to_another_site(session: Session):
    attempt = attempts.begin(session, "//evil.example")

    assert attempts.finish(session, attempt.state, attempt.browser).going_to == "/home"


def test_an_attempt_is_used_once(session: Session):
    attempt = attempts.begin(session, "/home")
    attempts.finish(session, attempt.state, attempt.browser)

    with pytest.raises(AttemptUnknown):
        attempts.finish(session, attempt.state, attempt.browser)


def test_an_attempt_of_another_browser_is_unknown_and_stays_usable(session: Session):
    mine = attempts.begin(session, "/home")
    theirs = attempts.begin(session, "/home")

    for browser in (theirs.browser, "", "guess"):
        with pytest.raises(AttemptUnknown):
            attempts.finish(session, mine.state, browser)

    assert attempts.finish(session, mine.state, mine.browser).going_to == "/home"


@pytest.mark.parametrize(
    "state", ["", "not-a-uuid", "d2d6ef0c-fbf7-4a29-b0ed-ea01829c5353", "' OR 1=1 --", "\x00"]
)
def test_a_state_nobody_gave_out_is_unknown(session: Session, state: str):
    attempt = attempts.begin(session, "/home")

    with pytest.raises(AttemptUnknown):
        attempts.finish(session, state, attempt.browser)


def test_a_state_is_one_however_its_uuid_is_written(session: Session):
    attempt = attempts.begin(session, "/home")

    assert attempts.finish(session, attempt.state.upper(), attempt.browser).going_to == "/home"


def test_an_attempt_expires(session: Session, frozen_clock: FrozenClock):
    in_time = attempts.begin(session, "/home")
    too_late = attempts.begin(session, "/home")

    frozen_clock.moment += attempts.LIFETIME - SECOND
    attempts.finish(session, in_time.state, in_time.browser)
    frozen_clock.moment += SECOND

    with pytest.raises(AttemptExpired):
        attempts.finish(session, too_late.state, too_late.browser)


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
    token_hash = fingerprint(_open(session))

    with pytest.raises(SignedOut):
        sign_in.viewer_for(session, token_hash)


def test_the_database_keeps_hashes_only(session: Session):
    attempt, token = attempts.begin(session, "/home"), _open(session)
    rows = [session.exec(select(SignInAttempt)).one(), session.exec(select(WebSession)).one()]

    kept = " ".join(str(value) for row in rows for value in row.model_dump().values())

    for secret in (attempt.state, attempt.browser, token):
        assert secret not in kept
        assert fingerprint(secret) in kept


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


def test_signing_in_again_ends_the_session_that_this_browser_held(session: Session):
    before = _open(session)
    browser = Browser("192.0.2.1", "Firefox")

    after = sign_in.open_session(session, ANNA, browser, before=before)

    with pytest.raises(SignedOut):
        sign_in.viewer_for(session, before)
    assert sign_in.viewer_for(session, after).oid == ANNA.oid


def test_the_cabinet_that_was_open_stays_open_after_signing_in_again(session: Session):
    mother = replace(ANNA, children=(BORIS,))
    browser = Browser("192.0.2.1", "Firefox")
    before = sign_in.open_session(session, mother, browser)
    viewer = sign_in.viewer_for(session, before)
    [ward] = family.my_family(session, viewer).wards
    family.open_ward(session, viewer, ward.id)

    after = sign_in.open_session(session, mother, browser, before=before)
    of_another = sign_in.open_session(session, VERA, browser, before=after)

    assert sign_in.viewer_for(session, of_another).is_acting is False
    rows = session.exec(select(WebSession.acting_for).order_by(WebSession.id)).all()  # pyright: ignore[reportArgumentType]
    assert rows == [viewer.patient_id + 1, viewer.patient_id + 1, None]


@pytest.mark.parametrize(("factors", "may"), [(1, False), (2, True)])
def test_documents_need_two_factors(session: Session, factors: int, may: bool):
    token = sign_in.open_session(session, ANNA, Browser("", ""), Proof(factors=factors))
    viewer = sign_in.viewer_for(session, token)

    with nullcontext() if may else pytest.raises(StepUpNeeded):
        sign_in.check_strong(viewer)


def test_a_step_up_that_esia_does_not_confirm_is_refused():
    with pytest.raises(StepUpFailed):
        sign_in.check_stepped_up(Proof(factors=1), asked=True)

    sign_in.check_stepped_up(Proof(factors=1), asked=False)
    sign_in.check_stepped_up(Proof(factors=2), asked=True)
