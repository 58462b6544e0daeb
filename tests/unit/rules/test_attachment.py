"""How often a clinic may be changed, who applies, and when the clinic must have answered."""

from datetime import date, datetime

import pytest

from zdrav29_app.db.tables import ClinicKind
from zdrav29_app.errors import ApplyInPerson, TooSoonToChange
from zdrav29_app.rules import attachment as rules
from zdrav29_app.values import MOSCOW, AttachmentReason

TODAY = date(2026, 11, 24)


def test_a_clinic_is_chosen_once_a_year_to_the_day():
    rules.check_may_change(date(2025, 11, 24), AttachmentReason.NEARER, TODAY)

    with pytest.raises(TooSoonToChange) as refusal:
        rules.check_may_change(date(2025, 11, 25), AttachmentReason.NEARER, TODAY)

    assert refusal.value.on == date(2026, 11, 25)


def test_who_has_moved_or_never_chosen_may_choose_today():
    rules.check_may_change(TODAY, AttachmentReason.MOVED, TODAY)
    rules.check_may_change(None, AttachmentReason.OTHER, TODAY)


def test_a_choice_on_a_leap_day_is_renewed_in_march():
    assert rules.next_change(date(2028, 2, 29)) == date(2029, 3, 1)


@pytest.mark.parametrize(
    ("submitted", "decided_by"),
    [
        ("2026-11-24 12:00", "2026-11-27 00:00"),  # Tuesday: Wednesday and Thursday
        ("2026-11-27 23:59", "2026-12-02 00:00"),  # Friday: Monday and Tuesday
        ("2026-12-30 09:00", "2027-01-13 00:00"),  # 31 December and the holidays do not count
        ("2026-06-11 09:00", "2026-06-17 00:00"),  # 12 June is a holiday
    ],
)
def test_the_clinic_has_two_working_days_after_the_day_of_the_application(
    submitted: str, decided_by: str
):
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)

    assert rules.decide_by(moment(submitted)) == moment(decided_by)


def test_a_parent_applies_until_the_fourteenth_birthday():
    rules.check_may_apply(date(2012, 11, 25), TODAY, is_acting=True)

    with pytest.raises(ApplyInPerson):
        rules.check_may_apply(date(2012, 11, 24), TODAY, is_acting=True)

    rules.check_may_apply(date(2012, 11, 24), TODAY, is_acting=False)


def test_children_and_adults_have_clinics_of_their_own_and_share_those_of_a_district():
    child = rules.primary_care_for(date(2019, 7, 27), TODAY)
    adult = rules.primary_care_for(date(1984, 4, 12), TODAY)

    assert child & adult == {ClinicKind.DISTRICT_HOSPITAL}
    assert ClinicKind.DENTAL not in child | adult
