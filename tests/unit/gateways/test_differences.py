"""What a corrected version says otherwise: exactly what was corrected, and nothing else."""

from datetime import UTC, date, datetime

import pytest

from zdrav29_app.demo import cda_maker, paper_maker
from zdrav29_app.demo.cda_maker import Part, Signed, Subject
from zdrav29_app.demo.paper_maker import Page
from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.gateways import differences
from zdrav29_app.papers import Change, DocumentFormat, Measured
from zdrav29_app.values import FullName, Gender

BORN = date(1984, 4, 12)
ANNA = Subject(1, FullName("Двинская", "Анна", "Сергеевна"), BORN, Gender.FEMALE, "", "")
BY = Signed(FullName("Лодьева", "Мария"), "Врач", "Клиника", datetime(2026, 11, 20, 7, tzinfo=UTC))
LOW = Measured("HGB", "Гемоглобин", 104, "г/л", 120, 150)
RIGHT = Measured("HGB", "Гемоглобин", 140, "г/л", 120, 150)
WHITE = Measured("WBC", "Лейкоциты", 5, "10⁹/л", 4, 9)


def xml(*parts: Part, of: Subject = ANNA) -> bytes:
    return cda_maker.document(
        number=1, template=(7, 5), kind=7, title="Анализ", of=of, by=BY, parts=list(parts)
    )


def between(old: bytes, new: bytes, of: DocumentFormat = DocumentFormat.XML) -> tuple[Change, ...]:
    return differences.between(old, new, of)


def test_a_corrected_result_is_the_only_difference():
    old = xml(Part("RESLAB", "Результаты", results=(LOW, WHITE)))
    new = xml(Part("RESLAB", "Результаты", results=(RIGHT, WHITE)))

    assert between(old, new) == (Change("Гемоглобин", LOW, RIGHT),)


def test_a_corrected_line_is_named_by_its_part():
    old = xml(Part("LANAM", "Осмотр", ("Здорова.", "Пульс 66.")), Part("DGN", "Итог", ("Норма.",)))
    new = xml(Part("LANAM", "Осмотр", ("Здорова.", "Пульс 68.")), Part("DGN", "Итог", ("Норма.",)))

    assert between(old, new) == (Change("Осмотр", "Пульс 66.", "Пульс 68."),)


def test_what_came_and_what_went_has_an_empty_other_side():
    old = xml(Part("LANAM", "Осмотр", ("Здорова.",)), Part("DGN", "Итог", ("Норма.",)))
    new = xml(Part("LANAM", "Осмотр", ("Здорова.",)), Part("CORR", "Исправление", ("Дата.",)))

    found = set(between(old, new))

    assert found == {Change("Исправление", "", "Дата."), Change("Итог", "Норма.", "")}


def test_another_patient_is_a_difference():
    other = Subject(2, FullName("Пинегина", "Вера"), BORN, Gender.FEMALE, "", "")

    assert between(xml(), xml(of=other)) == (
        Change("patient", "Двинская Анна Сергеевна", "Пинегина Вера"),
    )


def test_two_parts_of_one_code_are_compared_each_with_its_own():
    old = xml(Part("DGN", "Первый", ("Да.",)), Part("DGN", "Второй", ("Нет.",)))
    new = xml(Part("DGN", "Первый", ("Да.",)), Part("DGN", "Второй", ("Да.",)))

    assert between(old, new) == (Change("Второй", "Нет.", "Да."),)


def test_the_next_version_from_the_clinic_differs_where_it_was_corrected():
    old = xml(Part("RESLAB", "Результаты", results=(LOW, WHITE)))

    new = cda_maker.corrected(old, was="104", now="140", note="Опечатка.")

    assert between(old, new) == (Change("Гемоглобин", LOW, RIGHT),)
    assert b'versionNumber value="2"' in new


def test_papers_are_compared_by_the_words_of_their_pages():
    def pdf(line: str) -> bytes:
        return paper_maker.pdf(Page("Выписка", ANNA, BY, [Part("DGN", "Заключение", (line,))]))

    long = "Ритм синусовый, правильный, {} ударов в минуту, электрическая ось сердца не отклонена."
    found = between(pdf(long.format(66)), pdf(long.format(68)), DocumentFormat.PDF)

    assert found == (Change("", long.format(66), long.format(68)),)


@pytest.mark.parametrize("of", DocumentFormat)
def test_what_has_no_words_is_not_compared(of: DocumentFormat):
    with pytest.raises(DocumentDamaged):
        between(b"no document", b"another one", of)
