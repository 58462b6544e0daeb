"""Words about requests to support."""

from datetime import UTC, datetime

from zdrav29_app.texts import support


def test_the_day_of_an_answer_is_that_of_arkhangelsk():
    just_after_midnight_there = datetime(2026, 11, 26, 21, 30, tzinfo=UTC)

    assert support.due(just_after_midnight_there) == "Ответим до 27\u00a0ноября"
