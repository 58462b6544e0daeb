"""«Версия для слабовидящих»: on every page, remembered per person, whole at 200 %."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.booking import BookingScreen
from tests.e2e.screens.home import HomeScreen
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import Simulator

PAGES = [
    "/home", "/booking?speciality=therapist&show=1", "/appointments", "/profile", "/security",
    "/family", "/settings", "/support", "/documents",
]  # fmt: skip


def choose(page: Page, group: str, value: str) -> None:
    """Press one choice of the open panel."""
    button = page.get_by_role("group", name=group).get_by_role("button", name=value)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def open_panel(page: Page) -> None:
    """Press the eye."""
    page.get_by_role("button", name="Версия для слабовидящих").click()


def letters(page: Page) -> float:
    """The size of the text of the page, in pixels."""
    return page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_whole_at_two_hundred_percent(signed_in: Page, width: int):
    signed_in.set_viewport_size({"width": width, "height": 844})
    HomeScreen(signed_in).open()
    open_panel(signed_in)
    choose(signed_in, "Размер букв", "200 %")
    choose(signed_in, "Расстояния", "Большие")
    assert letters(signed_in) == 36

    for address in PAGES:
        signed_in.goto(address)
        Screen(signed_in).wait_ready()
        assert letters(signed_in) == 36
        assert signed_in.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_the_choice_follows_the_person_to_another_browser(
    open_page: Callable[[], Page], simulator: Simulator
):
    person = simulator.new_person()
    home, library = open_page(), open_page()
    for page in (home, library):
        simulator.put_session(page.context, person)
    home.goto("/auth/esia/login")
    Screen(home).wait_ready()
    open_panel(home)
    choose(home, "Цвета", "Белым по чёрному")

    library.goto("/auth/esia/login?next=/profile")
    Screen(library).wait_ready()

    expect(library.locator("body")).to_have_css("background-color", "rgb(0, 0, 0)")


def test_what_was_chosen_before_signing_in_is_kept_and_remembered(
    cabinet: Page, simulator: Simulator
):
    person = simulator.new_person()
    SignInScreen(cabinet).open()
    open_panel(cabinet)
    choose(cabinet, "Размер букв", "150 %")
    cabinet.reload()
    Screen(cabinet).wait_ready()
    assert letters(cabinet) == 27

    simulator.put_session(cabinet.context, person)
    cabinet.get_by_role("link", name="Войти через ЕСИА").click()
    expect(cabinet.get_by_role("heading", level=1, name="Главная")).to_be_visible()
    Screen(cabinet).wait_ready()
    assert letters(cabinet) == 27

    open_panel(cabinet)
    usual = cabinet.get_by_role("button", name="Обычная версия")
    usual.click()
    expect(usual).to_have_count(0)
    BookingScreen(cabinet).open()
    assert letters(cabinet) == 18


@pytest.mark.parametrize("scheme", ["Чёрным по белому", "Белым по чёрному", "Синим по голубому"])
def test_each_scheme_is_accessible(signed_in: Page, scheme: str):
    HomeScreen(signed_in).open()
    open_panel(signed_in)
    choose(signed_in, "Цвета", scheme)
    choose(signed_in, "Картинки", "Скрыть")
    expect_accessible(signed_in)

    BookingScreen(signed_in).open().search("Терапевт")
    expect_accessible(signed_in)
