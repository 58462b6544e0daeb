"""The bottom bar of a phone: three places, and a panel with the others."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.documents import DocumentsScreen
from tests.e2e.screens.family import FamilyScreen
from tests.e2e.screens.home import HomeScreen

PHONE = {"width": 390, "height": 844}
TARGET = 44


@pytest.fixture
def phone(signed_in: Page) -> Page:
    """A signed-in person with a phone, on `/home`."""
    signed_in.set_viewport_size(PHONE)  # pyright: ignore[reportArgumentType]
    return HomeScreen(signed_in).open().page


def test_the_bar_leads_to_three_places_and_says_which_one_is_open(phone: Page):
    bar = phone.get_by_role("navigation", name="Разделы")
    expect(bar.get_by_role("link")).to_have_text(["Главная", "Запись", "Документы"])
    expect(bar.get_by_role("link", name="Главная")).to_have_attribute("aria-current", "page")

    bar.get_by_role("link", name="Документы").click()

    DocumentsScreen(phone).arrived()
    expect(bar.get_by_role("link", name="Документы")).to_have_attribute("aria-current", "page")
    expect(bar.get_by_role("link", name="Главная")).to_have_attribute("aria-current", "false")


def test_the_panel_opens_and_closes_by_keyboard_and_its_targets_are_large(phone: Page):
    bar = phone.get_by_role("navigation", name="Разделы")
    more = bar.get_by_role("button", name="Ещё")
    family = bar.get_by_role("link", name="Семья")
    expect(family).to_have_count(0)
    more.focus()

    phone.keyboard.press("Enter")

    expect(family).to_be_visible()
    assert more.evaluate("button => button.popoverTargetElement.matches(':popover-open')")
    expect_accessible(phone)
    heights = "list => list.map(one => one.getBoundingClientRect().height)"
    assert min(bar.locator("a, button").evaluate_all(heights)) >= TARGET
    assert family.evaluate("one => one.getBoundingClientRect().bottom <= innerHeight")
    phone.keyboard.press("Tab")
    expect(bar.get_by_role("link", name="Мои записи")).to_be_focused()
    phone.keyboard.press("Escape")
    expect(family).to_have_count(0)
    expect(more).to_be_focused()


def test_a_place_of_the_panel_opens_and_the_panel_is_gone(phone: Page):
    bar = phone.get_by_role("navigation", name="Разделы")
    bar.get_by_role("button", name="Ещё").click()

    bar.get_by_role("link", name="Семья").click()

    FamilyScreen(phone).arrived()
    expect(bar.get_by_role("link", name="Семья")).to_have_count(0)
    last = phone.get_by_role("contentinfo").get_by_role("link").last
    last.focus()
    above = "(one, bar) => one.getBoundingClientRect().bottom <= bar.getBoundingClientRect().top"
    assert last.evaluate(above, bar.element_handle())


def test_on_a_wide_screen_and_on_paper_there_is_no_bar(signed_in: Page):
    HomeScreen(signed_in).open()
    more = signed_in.get_by_role("button", name="Ещё")
    expect(more).to_have_count(0)

    signed_in.set_viewport_size(PHONE)  # pyright: ignore[reportArgumentType]
    expect(more).to_be_visible()
    signed_in.emulate_media(media="print")
    expect(more).to_have_count(0)
