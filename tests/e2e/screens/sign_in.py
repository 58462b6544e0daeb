"""The page `/`."""

from playwright.sync_api import Locator

from tests.e2e.screens.screen import Screen


class SignInScreen(Screen):
    """Where everybody enters."""

    heading = "Здрав29 — личный кабинет пациента"

    def go_to_esia(self) -> None:
        """Press the one primary act."""
        self._entrance.click()

    def press(self) -> None:
        """Press it without waiting where it leads: somebody holds the way."""
        self._entrance.click(no_wait_after=True)

    @property
    def _entrance(self) -> Locator:
        return self.page.get_by_role("link", name="Войти через ЕСИА")
