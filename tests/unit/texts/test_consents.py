"""Every document that the rules ask for has its text."""

from zdrav29_app.rules.entry import CURRENT_VERSIONS
from zdrav29_app.texts.consents import DOCUMENTS, current


def test_the_current_version_of_every_document_is_the_newest_text():
    for purpose, version in CURRENT_VERSIONS.items():
        assert current(purpose) is DOCUMENTS[purpose, version]


def test_a_document_says_who_why_what_how_long_and_how_to_withdraw():
    for document in DOCUMENTS.values():
        titles = " ".join(title for title, _ in document.points)
        for word in ("Кто", "Зачем", "Какие", "Сколько", "отозвать"):
            assert word in titles
