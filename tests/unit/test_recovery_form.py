"""What the form of who cannot sign in takes; it judges writing, never persons."""

from datetime import date

import pytest

from zdrav29_app.state.recovery import problems_of, read_claim
from zdrav29_app.values import Channel, reach

TODAY = date(2026, 11, 24)
FIELDS = {
    "last_name": "Мамин-Сибиряк",
    "first_name": "Анна Мария",
    "birth_date": "1984-04-12",
    "policy": "2900 0000 0000 1013",
    "code": "0A1B2C3D4E5F",
    "contact": "8 (900) 000-77-88",
}


def test_a_form_filled_in_as_people_write_is_a_claim():
    claimed = read_claim(FIELDS)

    assert problems_of(FIELDS, today=TODAY) == []
    assert (claimed.policy, claimed.code) == ("2900000000001013", "0a1b2c3d4e5f")


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("last_name", ""),
        ("first_name", "<b>"),
        ("birth_date", "2026-11-25"),
        ("birth_date", "вчера"),
        ("policy", "2900000000001014"),
        ("code", "AUTH-401"),
        ("contact", "звоните вечером"),
    ],
)
def test_what_cannot_be_right_is_named(field: str, words: str):
    assert problems_of({**FIELDS, field: words}, today=TODAY) == [field]


def test_an_identification_code_is_not_demanded():
    assert problems_of({**FIELDS, "code": ""}, today=TODAY) == []


def test_a_contact_is_a_mobile_phone_or_an_address_of_mail():
    assert reach("anna@pomor.example") == (Channel.EMAIL, "anna@pomor.example")
    assert reach("9000007788") == (Channel.SMS, "+79000007788")
    assert reach("anna@pomor.example\nBcc: x@y.z") is None
