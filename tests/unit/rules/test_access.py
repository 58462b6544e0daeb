"""Whose cabinet a person may open, and until when."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from zdrav29_app.db.tables import Patient, RelatedPerson
from zdrav29_app.rules import access
from zdrav29_app.values import Gender, Relation

NOW = datetime(2026, 11, 24, 4, tzinfo=UTC)


def right(**changes: Any) -> RelatedPerson:
    facts: dict[str, Any] = {
        "patient_id": 2,
        "representative_id": 1,
        "relation": Relation.RELATIVE,
        "given_at": NOW - timedelta(days=1),
        "until": NOW + timedelta(days=1),
    }
    return RelatedPerson(**facts | changes)


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({}, True),
        ({"until": NOW}, False),
        ({"revoked_at": NOW - timedelta(hours=1)}, False),
        ({"given_at": NOW + timedelta(hours=1)}, False),
    ],
)
def test_a_right_is_in_force_between_its_ends_unless_revoked(
    changes: dict[str, Any], is_open: bool
):
    assert access.may_act_for(right(**changes), now=NOW) is is_open


def test_a_parents_right_ends_at_midnight_of_the_fifteenth_birthday():
    assert access.child_until(date(2019, 7, 27)).isoformat() == "2034-07-27T00:00:00+03:00"
    assert access.child_until(date(2012, 2, 29)).isoformat() == "2027-03-01T00:00:00+03:00"


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({}, True),
        ({"birth_date": date(2008, 11, 25)}, False),
        ({"phone": None}, False),
        ({"phone_confirmed_at": None}, False),
    ],
)
def test_only_adults_with_a_confirmed_phone_can_let_a_relative_in(
    changes: dict[str, Any], may: bool
):
    facts: dict[str, Any] = {
        "oid": 1,
        "last_name": "Мезенский",
        "first_name": "Павел",
        "birth_date": date(1948, 10, 1),
        "gender": Gender.MALE,
        "phone": "+79000000104",
        "phone_confirmed_at": NOW,
    }

    assert access.may_ask_for(Patient(**facts | changes), now=NOW) is may
