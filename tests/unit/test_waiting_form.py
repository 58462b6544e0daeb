"""The form of `/waiting` as a browser, or somebody else, sends it."""

from datetime import date
from typing import Any

import pytest

from zdrav29_app.errors import BadInput
from zdrav29_app.services.waiting import Wish
from zdrav29_app.state.waiting import read_wish

FORM = {
    "first_day": "2026-11-25",
    "last_day": "2026-12-09",
    "from_minute": "480",
    "to_minute": "1200",
    "doctor": "",
}


def test_days_hours_and_any_doctor_are_read():
    assert read_wish(FORM) == Wish(date(2026, 11, 25), date(2026, 12, 9), 480, 1200)
    assert read_wish({**FORM, "doctor": "7"}).doctor_id == 7


@pytest.mark.parametrize("day", ["", "soon", "25.11.2026"])
def test_a_day_that_is_none_is_for_the_person_to_repair(day: str):
    with pytest.raises(ValueError, match="isoformat"):
        read_wish({**FORM, "first_day": day})


@pytest.mark.parametrize(
    "field",
    [
        {"from_minute": "never"},
        {"to_minute": -1},
        {"doctor": "x" * 81},
        {"doctor": ["7"]},
        {"last_day": {"year": 2026}},
    ],
)
def test_what_no_form_of_ours_sends_is_bad_input(field: dict[str, Any]):
    with pytest.raises(BadInput):
        read_wish({**FORM, **field})


def test_whatever_is_no_form_is_bad_input_or_no_day():
    with pytest.raises((BadInput, ValueError)):
        read_wish("form")
