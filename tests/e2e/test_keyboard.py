"""The way from `/` to `/home` with nothing but a keyboard."""

from playwright.sync_api import Page, expect

from tests.e2e.screens.screen import Screen
from tests.e2e.simulator import Simulator

MOST_TABS = 25
FOCUSED = """() => {
    const at = document.activeElement
    return at.labels?.[0]?.textContent || at.getAttribute('aria-label') || at.textContent
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if name in (page.evaluate(FOCUSED) or ""):
            return
    raise AssertionError(f"Tab does not reach {name!r} on {page.url}")


def test_e1_a_person_without_a_mouse_enters_for_the_first_time(cabinet: Page, simulator: Simulator):
    person = simulator.new_person(has_entered=False)
    cabinet.goto("/")
    Screen(cabinet).wait_ready()
    tab_to(cabinet, "К содержанию")
    tab_to(cabinet, "Войти через ЕСИА")
    cabinet.keyboard.press("Enter")

    expect(cabinet.get_by_label("Телефон / Email / СНИЛС")).to_be_focused()
    cabinet.keyboard.type(person.login)
    tab_to(cabinet, "Пароль")
    cabinet.keyboard.type(person.password)
    cabinet.keyboard.press("Enter")
    expect(cabinet.get_by_label("Код из СМС")).to_be_focused()
    cabinet.keyboard.type(simulator.code_for(person))
    cabinet.keyboard.press("Enter")
    expect(cabinet.get_by_role("button", name="Разрешить")).to_be_visible()
    tab_to(cabinet, "Разрешить")
    cabinet.keyboard.press("Enter")

    expect(cabinet.get_by_role("heading", level=1)).to_have_text("Подтверждение учётной записи")
    Screen(cabinet).wait_ready()
    tab_to(cabinet, "Получить код")
    cabinet.keyboard.press("Enter")
    expect(cabinet.get_by_label("Код из СМС")).to_be_focused()
    cabinet.keyboard.type(simulator.code_for(person))
    cabinet.keyboard.press("Enter")
    expect(cabinet.get_by_role("button", name="Подтвердить согласие")).to_be_visible()
    Screen(cabinet).wait_ready()
    tab_to(cabinet, "Подтвердить согласие")
    cabinet.keyboard.press("Enter")
    expect(cabinet.get_by_role("radio", name="Пароль")).to_be_visible()
    tab_to(cabinet, "Пароль")
    cabinet.keyboard.press("ArrowDown")
    tab_to(cabinet, "Продолжить")
    cabinet.keyboard.press("Enter")

    expect(cabinet.get_by_role("heading", level=1)).to_have_text("Главная")
    Screen(cabinet).wait_ready()
    tab_to(cabinet, "Запись к врачу")
