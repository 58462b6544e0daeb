"""Finding a doctor: by a name, by what hurts, from an address."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.booking import BookingScreen

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("words", ["глаза", "болит глаз"])
def test_b1_what_hurts_leads_to_the_doctor_and_stands_in_the_address(signed_in: Page, words: str):
    booking = BookingScreen(signed_in).open()

    booking.find(words)

    heading = booking.main.get_by_role("heading", name="Свободное время: офтальмолог")
    expect(heading).to_be_focused()
    expect(booking.times.last).to_have_accessible_name(re.compile("офтальмолог"))
    signed_in.reload()
    booking.arrived()
    expect(booking.main.get_by_label("Врач или что беспокоит")).to_have_value(words)
    expect(heading).to_be_visible()


def test_b1_a_doctor_is_found_by_surname_and_initials_with_count_and_nearest_date(
    signed_in: Page,
):
    signed_in.set_viewport_size(PHONE)  # pyright: ignore[reportArgumentType]
    booking = BookingScreen(signed_in).open()

    booking.find("юросский п. с.")

    found = booking.main.get_by_role("listitem").filter(has_text="Юросский Павел Сергеевич")
    expect(found).to_contain_text(re.compile(r"\d+.талон[а-я]*, ближайший: "))
    expect_accessible(signed_in)
    found.get_by_role("link", name="Юросский Павел Сергеевич").click()
    expect(booking.times.first).to_have_accessible_name(re.compile("Юросский"))


def test_b1_words_that_are_nothing_say_so_and_let_go_one_by_one(signed_in: Page):
    booking = BookingScreen(signed_in)
    signed_in.goto("/booking?q=абракадабра&district=Котлас&show=1")
    booking.arrived()

    expect(booking.main).to_contain_text("По этим условиям ничего не нашлось")
    expect_accessible(signed_in)
    booking.main.get_by_role("link", name="Убрать: «абракадабра»").click()
    expect(booking.times.first).to_be_visible()
    expect(booking.main.get_by_label("Регион (город или район)")).to_have_value("Котлас")

    signed_in.goto("/booking?q=абракадабра&show=1")
    booking.arrived()
    booking.main.get_by_role("link", name="Сбросить всё").click()
    expect(booking.main.get_by_role("heading", name="Или начните со специальности")).to_be_visible()


def test_b1_what_comes_first_is_chosen_on_the_page_and_stands_in_the_address(signed_in: Page):
    booking = BookingScreen(signed_in).open()
    booking.search("Терапевт")

    booking.main.get_by_label("Сначала показать").select_option("Что ближе к моей поликлинике")

    expect(signed_in).to_have_url(re.compile("sort=distance"))
    booking.wait_ready()
    listed = booking.main.get_by_role("listitem").filter(has_text="ближайший:")
    expect(listed.first).to_contain_text("Архангельск")
    expect(listed.last).to_contain_text(re.compile("Котлас, около 600.км"))
    expect_accessible(signed_in)
    signed_in.reload()
    booking.arrived()
    expect(booking.main.get_by_label("Сначала показать")).to_have_value("distance")


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 800}])
def test_b1_the_card_of_a_doctor_tells_who_she_is_where_she_sits_and_how_to_prepare(
    signed_in: Page, size: dict[str, int]
):
    signed_in.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    booking = BookingScreen(signed_in).open()

    booking.find("Карбасова")

    card = booking.main.locator("section", has_text="Врач-офтальмолог").last
    for fact in ("Категория", "вторая", "Троицкий проспект, 99", "Кабинет", "этаж"):
        expect(card).to_contain_text(fact)
    expect(card).to_contain_text("Сообщение клиники: С 10 декабря в отпуске")
    preparing = card.get_by_text("Снимите контактные линзы")
    expect(preparing).to_be_hidden()
    card.get_by_text("Как подготовиться").click()
    expect(preparing).to_be_visible()
    expect_accessible(signed_in)
