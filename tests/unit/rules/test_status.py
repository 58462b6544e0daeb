"""A service day by day, from spells of looking at it."""

from datetime import date, timedelta

from tests.conftest import TODAY, at
from zdrav29_app.rules.status import Day, Level, Spell, days, is_continued

YESTERDAY = TODAY - timedelta(days=1)


def _days(*spells: Spell) -> dict[date, Day]:
    return {one.day: one for one in days(spells, today=TODAY)}


def test_the_strip_holds_ninety_days_the_oldest_first():
    strip = days([], today=TODAY)

    assert len(strip) == 90
    assert (strip[0].day, strip[-1].day) == (TODAY - timedelta(days=89), TODAY)
    assert {one.level for one in strip} == {Level.UNKNOWN}


def test_a_spell_over_midnight_counts_on_both_days_by_the_clock_of_arkhangelsk():
    strip = _days(Spell(is_up=False, began_at=at(YESTERDAY, 23, 30), seen_at=at(TODAY, 0, 20)))

    assert strip[YESTERDAY] == Day(YESTERDAY, Level.TROUBLED, 30)
    assert strip[TODAY] == Day(TODAY, Level.TROUBLED, 20)


def test_more_than_an_hour_in_sum_loses_the_day():
    up = Spell(is_up=True, began_at=at(TODAY, 0), seen_at=at(TODAY, 23))
    failures = [
        Spell(is_up=False, began_at=at(TODAY, hour), seen_at=at(TODAY, hour, 31))
        for hour in (8, 12)
    ]

    assert _days(up, *failures)[TODAY] == Day(TODAY, Level.DOWN, 62)
    assert _days(up, failures[0])[TODAY].level is Level.TROUBLED
    assert _days(up)[TODAY] == Day(TODAY, Level.WORKED)


def test_a_single_look_at_a_failure_is_a_minute_of_it():
    look = Spell(is_up=False, began_at=at(TODAY, 9), seen_at=at(TODAY, 9))

    assert _days(look)[TODAY].minutes_down == 1


def test_a_spell_goes_on_only_while_somebody_looks():
    spell = Spell(is_up=True, began_at=at(TODAY, 8), seen_at=at(TODAY, 9))

    assert is_continued(spell, is_up=True, at=at(TODAY, 9, 5))
    assert not is_continued(spell, is_up=True, at=at(TODAY, 9, 6))
    assert not is_continued(spell, is_up=True, at=at(TODAY, 8, 59))
    assert not is_continued(spell, is_up=False, at=at(TODAY, 9, 1))
