"""How a visit stands, in words."""

import pytest

from zdrav29_app.db.tables import AppointmentStatus
from zdrav29_app.texts import booking, talon


@pytest.mark.parametrize(
    ("word", "by_clinic", "reason", "expected"),
    [
        (AppointmentStatus.FULFILLED, False, "", "Приём состоялся"),
        (AppointmentStatus.NO_SHOW, False, "", "Неявка"),
        (AppointmentStatus.CANCELLED, False, "", "Отменён вами"),
        (AppointmentStatus.CANCELLED, True, "врач заболел", "Отменён клиникой: врач заболел"),
        (AppointmentStatus.CANCELLED, True, "", "Отменён клиникой"),
    ],
)
def test_a_visit_says_how_it_ended_and_who_called_it_off(
    word: AppointmentStatus, by_clinic: bool, reason: str, expected: str
):
    said, _ = booking.status(word, by_clinic=by_clinic, reason=reason)

    assert said == expected


def test_missed_visits_are_counted_openly_and_threaten_with_nothing():
    assert talon.missed(0) == ""
    assert "2\u00a0приёма" in talon.missed(2)
    assert "Записываться это не мешает" in talon.missed(1)
