"""The page `/` and ESIA's pages behind it."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.screens.screen import Screen
from tests.e2e.simulator import SimPerson, Simulator


class SignInScreen(Screen):
    """Where everybody enters."""

    heading = "Здрав29 — личный кабинет пациента"

    def go_to_esia(self) -> None:
        """Press the one primary act."""
        self.page.get_by_role("link", name="Войти через ЕСИА").click()


class EsiaScreen:
    """The simulator's pages, driven as a person drives them."""

    def __init__(self, page: Page, simulator: Simulator) -> None:
        self.page = page
        self.simulator = simulator

    def sign_in(self, person: SimPerson) -> None:
        """Password, the code from the SMS, consent."""
        self.give_password(person.login, person.password)
        self.give_code(person)
        self.page.get_by_role("button", name="Разрешить").click()

    def give_password(self, login: str, password: str) -> None:
        """The first step."""
        self.page.get_by_label("Телефон / Email / СНИЛС").fill(login)
        self.page.get_by_label("Пароль", exact=True).fill(password)
        self.page.get_by_role("button", name="Войти", exact=True).click()

    def give_code(self, person: SimPerson) -> None:
        """The second step: the newest code on the person's phone."""
        field = self.page.get_by_label("Код из СМС")
        expect(field).to_be_visible()
        field.fill(self.simulator.code_for(person))
        self.page.get_by_role("button", name="Подтвердить").click()

    def refuse_consent(self) -> None:
        """Press «Отказать»."""
        self.page.get_by_role("button", name="Отказать").click()

    def expect_consent_of(self, client: str) -> None:
        """The consent page names who asks."""
        expect(self.page.get_by_text(re.compile(client)).first).to_be_visible()
