"""Row E5: nothing typed is lost, and nobody else gets it."""

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen
from tests.e2e.simulator import Simulator, cookie_header

TYPED = "Не вижу талонов к окулисту"


class SettingsScreen(Screen):
    """The page «Настройки уведомлений»."""

    address = "/settings"
    heading = "Настройки уведомлений"

    @property
    def letters_of_visits(self) -> Locator:
        """A box that is ticked by default."""
        return self.main.locator("#visits-email")


class SupportScreen(Screen):
    """The page «Обратная связь»."""

    address = "/support"
    heading = "Обратная связь"

    @property
    def text(self) -> Locator:
        """What happened, in words."""
        return self.main.get_by_label("Что случилось")


@pytest.fixture
def half_written(signed_in: Page) -> SupportScreen:
    """A request that was begun and not sent."""
    support = SupportScreen(signed_in).open()
    support.text.fill(TYPED)
    return support


def _end_session(page: Page, cabinet_url: str) -> None:
    cookie = cookie_header(page.context)
    httpx.get(f"{cabinet_url}/auth/logout", headers={"Cookie": cookie})


def test_e5_after_signing_in_again_the_same_step_holds_the_same_entries(
    signed_in: Page, cabinet_url: str
):
    settings = SettingsScreen(signed_in).open()
    settings.letters_of_visits.uncheck()
    settings.main.locator("#quiet_from").fill("21:15")
    _end_session(signed_in, cabinet_url)
    save = settings.main.get_by_role("button", name="Сохранить настройки")
    save.click()
    start = SignInScreen(signed_in).arrived()
    start.expect_refusal("AUTH-440", "Истёк срок действия сессии")

    start.go_to_esia()

    settings.arrived()
    expect(settings.letters_of_visits).not_to_be_checked()
    expect(settings.main.locator("#quiet_from")).to_have_value("21:15")

    save.click()
    expect(signed_in.get_by_role("status").filter(has_text="сохранены")).to_be_visible()
    settings.open()
    expect(settings.letters_of_visits).not_to_be_checked()
    assert not signed_in.evaluate("sessionStorage.getItem('draft:settings')")


def test_e5_a_reload_keeps_what_was_typed_and_sending_it_forgets_it(half_written: SupportScreen):
    half_written.open()
    expect(half_written.text).to_have_value(TYPED)

    half_written.main.get_by_role("button", name="Отправить обращение").click()

    expect(half_written.main.get_by_text(TYPED).last).to_be_visible()
    half_written.open()
    expect(half_written.text).to_have_value("")


def test_e5_what_one_person_typed_is_not_given_to_another(
    half_written: SupportScreen, simulator: Simulator
):
    page = half_written.page
    page.context.clear_cookies()
    simulator.put_session(page.context, simulator.new_person())

    page.goto("/auth/esia/login?next=%2Fsupport")

    half_written.arrived()
    expect(half_written.text).to_have_value("")


def test_e5_signing_out_forgets_what_was_typed(half_written: SupportScreen):
    half_written.page.get_by_role("link", name="Выйти").click()

    SignInScreen(half_written.page).arrived()

    assert half_written.page.evaluate("Object.keys(sessionStorage).join()").count("draft:") == 0
