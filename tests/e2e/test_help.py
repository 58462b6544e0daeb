"""Row P5: help that is searched, read, and linked from the very screens it explains."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.screen import Screen
from tests.e2e.screens.sign_in import SignInScreen

SIZES = [{"width": 390, "height": 844}, {"width": 1280, "height": 800}]


class HelpScreen(Screen):
    """The page «Помощь»."""

    address = "/help"
    heading = "Помощь"

    def find(self, words: str) -> None:
        """Look for one's own words."""
        self.main.get_by_label("Что вы хотите сделать").fill(words)
        self.main.get_by_role("button", name="Найти").click()


@pytest.mark.parametrize("size", SIZES)
def test_p5_anybody_finds_a_task_by_own_words_and_reads_its_steps(
    cabinet: Page, size: dict[str, int]
):
    cabinet.set_viewport_size(size)  # pyright: ignore[reportArgumentType]
    SignInScreen(cabinet).open()
    cabinet.get_by_role("contentinfo").get_by_role("link", name="Помощь").click()
    helped = HelpScreen(cabinet).arrived()
    expect_accessible(cabinet)

    helped.find("абракадабра")
    expect(helped.main).to_contain_text("Ничего не нашлось")
    helped.find("забыла пароль")
    helped.main.get_by_role("link", name="Как восстановить доступ").click()

    title = cabinet.get_by_role("heading", level=1, name="Как восстановить доступ")
    expect(title).to_be_visible()
    helped.wait_ready()
    expect(helped.main).to_contain_text("Забыли пароль?")
    expect(helped.main).to_contain_text("103")
    expect(helped.main.get_by_role("link", name="8 800 000-29-29")).to_be_visible()
    expect_accessible(cabinet)
    assert cabinet.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/booking", "Как записаться к врачу"),
        ("/documents", "Как читать документы"),
        ("/attachment", "Как сменить поликлинику"),
        ("/support", "Как написать в поддержку"),
    ],
)
def test_p5_a_screen_leads_to_the_help_about_itself(signed_in: Page, address: str, title: str):
    signed_in.goto(address)
    Screen(signed_in).wait_ready()

    signed_in.get_by_role("link", name=f"Помощь: {title.lower()}").click()

    expect(signed_in.get_by_role("heading", level=1, name=title)).to_be_visible()


def test_p5_a_newcomer_gets_from_the_public_page_to_registration(cabinet: Page, simulator_url: str):
    start = SignInScreen(cabinet).open()

    start.main.get_by_role("link", name="Регистрация").click()

    expect(cabinet).to_have_url(f"{simulator_url}/registration")


def test_p5_a_demo_has_guides_and_cards_to_print(cabinet: Page):
    HelpScreen(cabinet).open()

    cabinet.get_by_role("link", name="Карточки учеников").click()

    expect(cabinet.get_by_role("heading", level=1, name="Карточки учеников")).to_be_visible()
    expect(cabinet.get_by_role("main").get_by_role("listitem").first).to_contain_text("anna")
    expect_accessible(cabinet)


def test_p5_a_topic_that_does_not_exist_is_refused_with_a_code(cabinet: Page):
    cabinet.goto("/help/no-such-topic")

    alert = cabinet.get_by_role("alert").filter(visible=True)
    expect(alert).to_have_attribute("data-code", "GEN-404")
