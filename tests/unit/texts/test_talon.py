"""Words of the talon."""

from datetime import UTC, date, datetime

from zdrav29_app.texts import talon

MOMENT = datetime(2026, 11, 24, 6, 15, tzinfo=UTC)


def test_an_adult_brings_a_passport_and_the_referral_the_visit_stands_on():
    assert talon.bring("29-Н-1", has_passport=True) == [
        "паспорт",
        "полис ОМС",
        "СНИЛС",
        "направление № 29-Н-1",
    ]


def test_for_a_child_the_birth_certificate_comes_first():
    first, *_ = talon.bring("", has_passport=False)

    assert first == "свидетельство о рождении ребёнка"


def test_the_basis_is_the_referral_or_ones_own_booking():
    assert talon.basis("", None, MOMENT) == "самозапись, вт, 24\u00a0ноября, 09:15"
    assert (
        talon.basis("29-Н-1", date(2026, 11, 1), MOMENT)
        == "направление №\u00a029-Н-1 от 01.11.2026"
    )
