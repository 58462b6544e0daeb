"""Dates, names and numbers as a Russian reader expects them."""

import doctest
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zdrav29_app.texts import booking, formats
from zdrav29_app.values import FullName

TALON = ("талон", "талона", "талонов")
EVENING = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # it is the 25th in Arkhangelsk


def test_the_examples_of_the_module_are_true():
    failures, tried = doctest.testmod(formats)

    assert tried
    assert not failures


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "0 талонов"),
        (1, "1 талон"),
        (2, "2 талона"),
        (4, "4 талона"),
        (5, "5 талонов"),
        (11, "11 талонов"),
        (14, "14 талонов"),
        (21, "21 талон"),
        (22, "22 талона"),
        (111, "111 талонов"),
        (101, "101 талон"),
    ],
)
def test_a_noun_agrees_with_its_number(count: int, expected: str):
    assert formats.plural(count, *TALON) == expected.replace(" ", formats.NBSP)


@given(st.integers(0, 10**6))
def test_hundreds_do_not_change_the_noun(count: int):
    word = formats.plural(count, *TALON).partition(formats.NBSP)[2]

    assert word == formats.plural(count % 100, *TALON).partition(formats.NBSP)[2]


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        (FullName("Двинская", "Анна", "Сергеевна"), "Двинская Анна Сергеевна", "Двинская А. С."),
        (FullName("Двинская", "Анна"), "Двинская Анна", "Двинская А."),
        (FullName("О", "Макс"), "О Макс", "О М."),
        (FullName("Ли", "Ё", "Оглы кызы"), "Ли Ё Оглы кызы", "Ли Ё. О."),
        (FullName("Моржовец-Поморский", "Пётр", ""), "Моржовец-Поморский Пётр", None),
    ],
)
def test_a_name_needs_no_patronymic(name: FullName, full: str, short: str | None):
    assert formats.full_name(name) == full
    if short:
        assert formats.short_name(name) == short.replace(" ", formats.NBSP)


def test_a_moment_is_told_on_the_clock_of_arkhangelsk():
    assert formats.when(EVENING) == "ср, 25\u00a0ноября, 01:30"
    assert formats.clock_time(EVENING) == "01:30"


def test_days_are_written_the_russian_way():
    day = date(2026, 3, 8)

    assert formats.long_day(day) == "воскресенье, 8\u00a0марта\u00a02026"
    assert formats.numeric_date(day) == "08.03.2026"
    assert formats.time_range(EVENING, EVENING.replace(minute=44)) == "01:30–01:44"


@given(st.dates())
def test_a_month_is_in_the_genitive(day: date):
    assert formats.month(day)[-1] in "яа"


def test_a_qr_code_is_a_square_of_lines():
    size, path = formats.qr_code("29-12345678")

    assert size >= 21
    assert path.startswith("M")


def test_a_speciality_inside_a_sentence_keeps_its_abbreviation():
    assert booking.visit_phrase("Терапевт", EVENING).startswith("терапевт, ")
    assert booking.visit_phrase("ЛОР (оториноларинголог)", EVENING).startswith("ЛОР (")


def test_an_empty_list_of_times_is_a_word_not_a_zero():
    assert booking.times(0) == "нет талонов"
    assert booking.nearest(None) == ""
