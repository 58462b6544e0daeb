"""The address of `/booking` as a browser may send it: what makes no sense is not chosen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zdrav29_app.services.timetable import Order
from zdrav29_app.state.booking_address import BookingAddress

VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())
FIELDS = ["q", "speciality", "district", "kind", "show", "branch", "date", "slot", "move", "sort"]


@pytest.mark.parametrize("words", ["", "   ", "!?%", "29", "ы" * 81, None, 7, ["глаза"]])
def test_words_without_a_letter_or_too_long_are_not_chosen(words: Any):
    assert BookingAddress.read({"q": words}) == BookingAddress()


def test_words_stand_in_the_address_and_are_read_back():
    here = BookingAddress().searching({"q": "  болит глаз "})

    assert here.href == "/booking?q=%D0%B1%D0%BE%D0%BB%D0%B8%D1%82+%D0%B3%D0%BB%D0%B0%D0%B7&show=1"
    assert here.wanted.words == "болит глаз"


def test_emptying_one_field_keeps_the_others_and_begins_place_and_day_anew():
    here = BookingAddress.read({"q": "глаза", "district": "Котлас", "branch": "3", "show": "1"})

    assert here.without("district") == BookingAddress.read({"q": "глаза", "show": "1"})


@pytest.mark.parametrize(
    ("sort", "order"),
    [("distance", Order.DISTANCE), ("name", Order.NAME), ("", Order.NEAREST), ("x", Order.NEAREST)],
)
def test_what_comes_first_stands_in_the_address(sort: str, order: Order):
    here = BookingAddress.read({"sort": sort, "show": "1"})

    assert here.wanted.order is order
    assert ("sort=" in here.href) == (order is not Order.NEAREST)


def test_a_new_search_keeps_the_order_and_the_visit_that_moves():
    here = BookingAddress.read({"move": "29-00000001", "sort": "name", "slot": "5", "q": "глаза"})

    assert here.searching({}) == BookingAddress.read(
        {"move": "29-00000001", "sort": "name", "show": "1"}
    )


@given(st.dictionaries(st.sampled_from(FIELDS), VALUES))
def test_no_query_breaks_the_address(query: dict[str, Any]):
    here = BookingAddress.read(query)

    assert here.wanted
    assert here.href.startswith("/booking")
