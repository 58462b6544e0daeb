"""The page `/`."""

from tests.e2e.screens.screen import Screen


class SignInScreen(Screen):
    """Where everybody enters."""

    heading = "Здрав29 — личный кабинет пациента"

    def go_to_esia(self) -> None:
        """Press the one primary act."""
        self.page.get_by_role("link", name="Войти через ЕСИА").click()
