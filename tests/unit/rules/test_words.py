"""The words of the search field: any case, ending and order; initials; fillers left out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zdrav29_app.rules import words as rules
from zdrav29_app.values import FullName

MARIA = FullName("Лодьева", "Мария", "Петровна")
FEDOR = FullName("Нёнокшин-Поморский", "Фёдор")
THERAPIST = rules.known_words(["Терапевт", "простуда", "головная боль"])
DENTIST = rules.known_words(["Стоматолог-терапевт", "зубы", "дёсны"])


def _fits(text: str, name: FullName = MARIA) -> bool:
    return rules.fits(rules.told(text), name, THERAPIST)


@pytest.mark.parametrize(
    "text",
    [
        "Лодьева",
        "ЛОДЬЕВА",
        "лодь",
        "к Лодьевой",
        "Мария Лодьева",
        "лодьева мария петровна",
        "Петровна Лодьева Мария",
        "Лодьева М. П.",
        "М.П. Лодьева",
        "м п лодьева",
        "врач Лодьева!",
        "терапевт Лодьева",
        "терапевт",
    ],
)
def test_a_doctor_is_found_by_any_usual_writing_of_her_name(text: str):
    assert _fits(text)


@pytest.mark.parametrize(
    "text",
    ["Лодыгина", "Лодьева И.", "Лодьева М. М.", "хирург Лодьева", "м", "м.", "ло", "", "!"],
)
def test_another_name_an_initial_alone_and_nothing_find_nobody(text: str):
    assert not _fits(text)


@pytest.mark.parametrize("text", ["Ненокшин", "НЁНОКШИН", "поморский", "федор", "Фёдор Н."])
def test_yo_is_ye_and_each_half_of_a_double_name_counts(text: str):
    assert _fits(text, FEDOR)


@pytest.mark.parametrize(
    "text", ["зуб", "зубы", "зубами", "болит зуб", "болят зубы", "десна", "стоматолог"]
)
def test_everyday_words_are_known_in_every_form(text: str):
    assert all(rules.is_known(word, DENTIST) for word in rules.told(text))


@pytest.mark.parametrize("text", ["терапевт", "глаз", "зу"])
def test_a_second_half_another_word_and_two_letters_are_not_known(text: str):
    assert not any(rules.is_known(word, DENTIST) for word in rules.told(text))


def test_words_that_tell_nothing_are_left_out_unless_they_are_all_there_is():
    assert rules.told("Болит голова у меня") == ("голова",)
    assert rules.told("боль") == ("боль",)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_taken_without_a_failure(text: str):
    assert isinstance(_fits(text), bool)
