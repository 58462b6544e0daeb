"""Look-only pages: the directory and the timetable, without signing in."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from esia_sim.playwright import sign_in_as
from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.screens.open_pages import ClinicsScreen, TimetableScreen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import Simulator

SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]


@pytest.mark.parametrize("size", SIZES)
def test_b1_anybody_finds_an_institution_by_words_and_district(cabinet: Page, size: dict[str, int]):
    cabinet.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    SignInScreen(cabinet).open()
    cabinet.get_by_role("link", name="Медучреждения").click()
    clinics = ClinicsScreen(cabinet).arrived()
    expect(clinics.institutions).to_have_count(6)
    expect_accessible(cabinet)
    assert cabinet.evaluate("document.documentElement.scrollWidth <= innerWidth")

    clinics.find("глаза", "Котлас")

    expect(clinics.institutions).to_have_count(1)
    expect(clinics.main).to_contain_text("Котлас, проспект Мира, 36")
    expect(clinics.main.get_by_role("link", name="+7 (81837) 00-04-10")).to_have_attribute(
        "href", "tel:+7(81837)00-04-10"
    )
    clinics.find("абракадабра")
    expect(clinics.main).to_contain_text("Таких медучреждений нет")
    expect_accessible(cabinet)
    clinics.main.get_by_role("link", name="Показать все").click()
    expect(clinics.institutions).to_have_count(6)


@pytest.mark.parametrize("size", SIZES)
def test_b1_the_timetable_is_looked_at_by_anybody_and_booking_leads_through_sign_in(
    cabinet: Page, simulator: Simulator, size: dict[str, int]
):
    cabinet.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    timetable = TimetableScreen(cabinet).open()
    expect_accessible(cabinet)
    timetable.main.get_by_role("link", name=re.compile("^Офтальмолог")).click()
    heading = timetable.main.get_by_role("heading", name=re.compile("Офтальмолог: 2.врача"))
    expect(heading).to_be_visible()
    days = timetable.main.get_by_role("listitem").filter(has_text=re.compile(r"^.., \d+.\D+ — \d+"))
    expect(days.first).to_be_visible()
    expect_accessible(cabinet)
    assert cabinet.evaluate("document.documentElement.scrollWidth <= innerWidth")

    timetable.book("Юросский Павел Сергеевич")
    SignInScreen(cabinet).arrived().go_to_esia()
    sign_in_as(cabinet, simulator.new_person().key, esia=simulator.esia)

    booking = BookingScreen(cabinet).arrived()
    expect(booking.times.first).to_have_accessible_name(re.compile("Юросский"))


def test_b1_open_pages_stay_open_to_who_is_signed_in(
    signed_in: Page, open_page: Callable[[], Page]
):
    HomeScreen(signed_in).open()
    footer = signed_in.get_by_role("navigation", name="Без входа в кабинет")

    footer.get_by_role("link", name="Расписание").click()

    TimetableScreen(signed_in).arrived().expect_focus_on_heading()
    expect(signed_in.get_by_role("link", name="Выйти")).to_be_visible()
