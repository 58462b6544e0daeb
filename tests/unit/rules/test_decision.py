"""Every check before a booking, at its edges. Rows are built by hand: no rule needs a database."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.conftest import TODAY, at
from zdrav29_app.db.tables import Patient, Referral, Slot, SlotKind, SlotStatus, Speciality
from zdrav29_app.errors import BookingRefused, CabinetError
from zdrav29_app.rules import booking as terms
from zdrav29_app.rules.decision import ActiveVisit, Facts, decide, open_referral
from zdrav29_app.rules.norms import Check, norms
from zdrav29_app.values import Gender

NOW = at(TODAY, 7)
TOMORROW = TODAY + timedelta(days=1)
MINUTE = timedelta(minutes=1)
HERE, ELSEWHERE = 1, 2
LIMIT = norms()[Check.TOTAL]


def _patient(**facts: Any) -> Patient:
    known: dict[str, Any] = {
        "oid": 1,
        "last_name": "Двинская",
        "first_name": "Анна",
        "birth_date": date(1984, 4, 12),
        "gender": Gender.FEMALE,
        "oms_number": "2900000000001013",
        "clinic_id": HERE,
        "refreshed_at": NOW,
    }
    return Patient(**{**known, **facts})


def _speciality(code: str = "therapist", **rules_of_it: bool) -> Speciality:
    made = Speciality(code=code, name=code, slot_minutes=15, for_children=False)
    made.sqlmodel_update(rules_of_it)
    return made


def _slot(starts_at: datetime, **facts: Any) -> Slot:
    return Slot(doctor_id=1, starts_at=starts_at, ends_at=starts_at + 15 * MINUTE, **facts)


def _visit(code: str, starts_at: datetime) -> ActiveVisit:
    return ActiveVisit("29-1", _speciality(code), _slot(starts_at))


def _referral(days: int = 5) -> Referral:
    return Referral(
        number="29-Н-1",
        patient_id=1,
        speciality_code="cardiologist",
        clinic_id=HERE,
        issued_by="Лодьева М. П.",
        reason="Перебои в сердце",
        issued_on=TODAY,
        valid_until=TODAY + timedelta(days=days),
    )


FACTS = Facts(
    patient=_patient(),
    slot=_slot(at(TOMORROW, 9)),
    speciality=_speciality(),
    clinic_id=HERE,
    now=NOW,
)
BY_REFERRAL = replace(FACTS, speciality=_speciality("cardiologist", by_referral=True))
BY_ATTACHMENT = replace(FACTS, speciality=_speciality(by_attachment=True))


def _codes(facts: Facts) -> dict[Check, str]:
    """What stands in the way, by check."""
    return {check: error.code for check, error in decide(facts).outcomes.items() if error}


def _said(facts: Facts, check: Check) -> Any:
    error: CabinetError | None = decide(facts).outcomes[check]
    assert error
    return error


def test_a_free_time_tomorrow_may_be_booked_and_every_check_was_made():
    decision = decide(FACTS)

    assert list(decision.outcomes) == list(Check)
    assert decision.refusal is None


def test_every_check_has_its_words_its_source_and_a_status():
    assert list(norms()) == list(Check)
    for norm in norms().values():
        assert norm.text
        assert norm.source
        assert norm.status in {"norm", "practice", "demo"}
        assert norm.checked <= TODAY


def test_the_first_refusal_is_the_one_to_repair_first():
    facts = replace(FACTS, patient=_patient(oms_number=None), slot=_slot(NOW))

    decision = decide(facts)

    assert _codes(facts) == {Check.POLICY: "BOOK-210", Check.FUTURE: "SLOT-411"}
    assert decision.refusal is decision.outcomes[Check.POLICY]


def test_1_without_a_session_nothing_is_booked():
    assert _codes(replace(FACTS, has_session=False)) == {Check.SESSION: "AUTH-440"}


def test_2_without_consent_nothing_is_booked():
    assert _codes(replace(FACTS, has_consent=False)) == {Check.CONSENT: "AUTH-428"}


def test_3_for_a_closed_record_nothing_is_booked():
    closed = replace(FACTS, patient=_patient(is_active=False))

    assert _codes(closed) == {Check.PATIENT: "BOOK-209"}


@pytest.mark.parametrize(
    ("policy", "until", "may"),
    [
        ("2900000000001013", None, True),
        ("2900000000001013", TOMORROW, True),
        ("2900000000001013", TODAY, False),
        (None, None, False),
    ],
)
def test_4_the_policy_is_in_force_on_the_day_of_the_visit(
    policy: str | None, until: date | None, may: bool
):
    facts = replace(FACTS, patient=_patient(oms_number=policy, oms_until=until))

    assert _codes(facts) == ({} if may else {Check.POLICY: "BOOK-210"})


def test_5_a_district_doctor_receives_who_is_attached_there():
    assert _codes(BY_ATTACHMENT) == {}
    elsewhere = replace(BY_ATTACHMENT, clinic_id=ELSEWHERE, own_clinic="Поликлиника № 1")

    assert _codes(elsewhere) == {Check.ATTACHMENT: "BOOK-205"}
    assert _said(elsewhere, Check.ATTACHMENT).clinic == "Поликлиника № 1"


def test_5_who_is_attached_nowhere_is_told_so_and_sees_other_doctors_all_the_same():
    nowhere = _patient(clinic_id=None)

    assert _said(replace(BY_ATTACHMENT, patient=nowhere), Check.ATTACHMENT).clinic == ""
    assert _codes(replace(FACTS, patient=nowhere)) == {}


def test_6_who_turns_18_on_the_day_of_the_visit_goes_to_the_doctors_of_adults():
    sasha = _patient(birth_date=TOMORROW.replace(year=TOMORROW.year - 18))
    children = replace(FACTS, speciality=_speciality(for_children=True), patient=sasha)

    assert _codes(replace(FACTS, patient=sasha)) == {}
    assert _codes(children) == {Check.AGE: "BOOK-206"}
    assert _said(children, Check.AGE).age == 18


def test_6_who_turns_18_the_day_after_the_visit_goes_to_the_doctors_of_children():
    born = (TOMORROW + timedelta(days=1)).replace(year=TOMORROW.year - 18)
    facts = replace(FACTS, patient=_patient(birth_date=born))

    assert _codes(facts) == {Check.AGE: "BOOK-206"}
    assert _codes(replace(facts, speciality=_speciality(for_children=True))) == {}


def test_6_the_day_of_the_visit_is_the_day_in_arkhangelsk():
    born = TOMORROW.replace(year=TOMORROW.year - 18)

    midnight = _slot(at(TOMORROW, 0, 30))

    assert _codes(replace(FACTS, patient=_patient(birth_date=born), slot=midnight)) == {}


def test_7_sex_counts_only_where_women_are_received():
    man = replace(FACTS, patient=_patient(gender=Gender.MALE))

    assert _codes(man) == {}
    assert _codes(replace(man, speciality=_speciality(for_women=True))) == {Check.SEX: "BOOK-207"}


@pytest.mark.parametrize(
    ("referrals", "code"),
    [
        ([], "BOOK-203"),
        ([(_referral(), False)], None),
        ([(_referral(days=0), False)], None),
        ([(_referral(days=-1), False)], "BOOK-204"),
        ([(_referral(), True)], "BOOK-212"),
        ([(_referral(), True), (_referral(days=-1), False)], "BOOK-204"),
        ([(_referral(), True), (_referral(days=9), False)], None),
    ],
)
def test_8_a_referral_opens_a_doctor_once_and_until_its_last_day(
    referrals: list[tuple[Referral, bool]], code: str | None
):
    facts = replace(BY_REFERRAL, referrals=referrals)

    assert _codes(facts) == ({Check.REFERRAL: code} if code else {})


def test_8_who_is_under_observation_needs_no_referral():
    assert _codes(replace(BY_REFERRAL, is_observed=True)) == {}


def test_8_the_referral_that_ends_first_is_the_one_to_use():
    soon, late = _referral(days=2), _referral(days=9)

    assert open_referral([(late, False), (soon, False)], TODAY) is soon


@pytest.mark.parametrize("kind", sorted(set(SlotKind) - {SlotKind.SELF, SlotKind.REFERRAL}))
def test_9_times_that_the_clinic_gives_out_itself_are_not_for_the_cabinet(kind: SlotKind):
    facts = replace(FACTS, slot=_slot(at(TOMORROW, 9), kind=kind))

    assert _codes(facts) == {Check.KIND: "SLOT-413"}
    assert _said(facts, Check.KIND).kind == kind


@pytest.mark.parametrize(
    ("starts_at", "may"), [(NOW + MINUTE, True), (NOW, False), (NOW - MINUTE, False)]
)
def test_10_a_time_that_has_begun_is_past(starts_at: datetime, may: bool):
    facts = replace(FACTS, slot=_slot(starts_at))

    assert _codes(facts) == ({} if may else {Check.FUTURE: "SLOT-411"})


def test_11_the_last_minute_of_the_horizon_is_open_and_the_midnight_after_it_is_not():
    last_day = TODAY + timedelta(days=terms.HORIZON_DAYS - 1)
    after = replace(FACTS, slot=_slot(at(last_day + timedelta(days=1), 0)))

    assert _codes(replace(FACTS, slot=_slot(at(last_day, 23, 59)))) == {}
    assert _codes(after) == {Check.HORIZON: "SLOT-412"}
    assert _said(after, Check.HORIZON).horizon_days == terms.HORIZON_DAYS


@pytest.mark.parametrize(
    ("minutes", "may"), [(-15, True), (-14, False), (0, False), (14, False), (15, True)]
)
def test_12_nobody_is_in_two_rooms_at_once(minutes: int, may: bool):
    other = _visit("surgeon", at(TOMORROW, 9) + minutes * MINUTE)
    facts = replace(FACTS, active=[other])

    assert _codes(facts) == ({} if may else {Check.OVERLAP: "BOOK-202"})


def test_13_a_second_visit_to_the_same_speciality_is_refused_with_the_first():
    first = _visit("therapist", at(TOMORROW, 15))
    facts = replace(FACTS, active=[first])

    assert _codes(facts) == {Check.SPECIALITY: "BOOK-201"}
    assert _said(facts, Check.SPECIALITY).number == first.number
    assert _said(facts, Check.SPECIALITY).starts_at == first.slot.starts_at


def test_14_more_visits_than_the_limit_are_refused():
    held = [_visit(f"s{n}", at(TOMORROW, 10 + n)) for n in range(LIMIT.value)]
    full = replace(FACTS, active=held)

    assert _codes(replace(FACTS, active=held[:-1])) == {}
    assert _codes(full) == {Check.TOTAL: "BOOK-208"}
    assert _said(full, Check.TOTAL).limit == LIMIT.value


def test_14_after_several_cancels_in_a_row_there_is_a_pause_with_an_end():
    pause = timedelta(minutes=LIMIT.cool_down_minutes)
    cancels = [NOW - n * MINUTE for n in range(LIMIT.cancels)]
    facts = replace(FACTS, cancels=cancels)

    assert _codes(facts) == {Check.TOTAL: "BOOK-213"}
    assert _said(facts, Check.TOTAL).until == NOW + pause
    assert _codes(replace(facts, cancels=cancels[1:])) == {}
    assert _codes(replace(facts, now=NOW + pause)) == {}


@pytest.mark.parametrize(("left", "may"), [(None, True), (1, True), (0, False), (-1, False)])
def test_15_the_places_of_the_clinic_that_referred_are_counted(left: int | None, may: bool):
    facts = replace(BY_REFERRAL, referrals=[(_referral(), False)], quota_left=left)

    assert _codes(facts) == ({} if may else {Check.QUOTA: "BOOK-211"})


@pytest.mark.parametrize("status", [SlotStatus.BUSY, SlotStatus.HELD])
def test_16_a_time_that_is_taken_or_held_for_another_is_refused(status: SlotStatus):
    facts = replace(FACTS, slot=_slot(at(TOMORROW, 9), status=status))

    assert _codes(facts) == {Check.FREE: "SLOT-409"}


def test_16_a_time_held_for_the_patient_is_hers():
    held = _slot(at(TOMORROW, 9), status=SlotStatus.HELD)

    assert _codes(replace(FACTS, slot=held, is_held_for_patient=True)) == {}


def test_17_nothing_is_booked_while_the_clinic_is_silent():
    assert _codes(replace(FACTS, does_clinic_answer=False)) == {Check.CLINIC: "MIS-602"}


def test_every_refusal_but_those_of_entering_is_a_refusal_of_booking():
    everything_wrong = Facts(
        patient=_patient(is_active=False, oms_number=None, clinic_id=None, gender=Gender.MALE),
        slot=_slot(NOW, kind=SlotKind.RESERVE, status=SlotStatus.BUSY),
        speciality=_speciality(
            by_attachment=True, by_referral=True, for_children=True, for_women=True
        ),
        clinic_id=ELSEWHERE,
        now=NOW,
        active=[_visit("therapist", NOW)],
        quota_left=0,
        cancels=[NOW] * LIMIT.cancels,
        does_clinic_answer=False,
    )

    outcomes = decide(everything_wrong).outcomes

    passed = {check for check, error in outcomes.items() if error is None}
    assert passed == {Check.SESSION, Check.CONSENT, Check.HORIZON}
    assert all(isinstance(error, BookingRefused) for error in outcomes.values() if error)
