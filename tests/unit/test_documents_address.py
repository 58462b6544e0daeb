"""The address of the list of documents: what makes no sense counts as not asked for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zdrav29_app.state.document import document_id
from zdrav29_app.state.documents_address import ANYTHING, DocumentsAddress

QUERY = {
    "from": "2026-01-01",
    "to": "2026-02-01",
    "kind": "lab",
    "doctor": "Лодьева Мария Петровна",
    "clinic": "Поликлиника № 1",
    "format": "xml",
    "words": "кровь",
    "page": "2",
}


def test_the_address_that_is_read_is_the_one_that_is_written():
    address = DocumentsAddress.read(QUERY)

    query = dict(pair.split("=") for pair in address.href.partition("?")[2].split("&"))
    assert set(query) == set(QUERY)
    assert address.at_page(1).href.partition("page=")[1] == ""


@pytest.mark.parametrize("name", QUERY)
@given(value=st.one_of(st.none(), st.integers(), st.text(), st.lists(st.text())))
def test_whatever_a_browser_sends_is_read(name: str, value: Any):
    address = DocumentsAddress.read({name: value})

    assert DocumentsAddress.of_form({name: value}).page == 1
    assert address.href.startswith("/documents")


def test_nonsense_counts_as_not_asked_for():
    nonsense = dict.fromkeys(QUERY, "\x00" * 200)

    assert DocumentsAddress.read(nonsense) == DocumentsAddress(ANYTHING)
    assert DocumentsAddress.of_form("no form") == DocumentsAddress()


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/documents/17", 17),
        ("/documents/17/report", 17),
        ("/documents/", 0),
        ("/documents/..%2f1", 0),
        ("/documents/١٧", 0),
        ("/documents/99999999999999", 0),
        ("/", 0),
    ],
)
def test_an_id_is_a_plain_number_or_nobodys(path: str, known: int):
    assert document_id(path) == known
