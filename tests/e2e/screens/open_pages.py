"""The pages `/clinics` and `/timetable`, which need no sign-in."""

from playwright.sync_api import Locator

from tests.e2e.screens.screen import Screen


class ClinicsScreen(Screen):
    """The directory of institutions."""

    address = "/clinics"
    heading = "Медучреждения"

    @property
    def institutions(self) -> Locator:
        """The names of what was found."""
        return self.main.get_by_role("heading", level=2, name="ГБУЗ").or_(
            self.main.get_by_role("heading", level=2, name="ГАУЗ")
        )

    def find(self, words: str = "", district: str = "Вся область") -> None:
        """Fill the filter and press «Найти»."""
        self.main.get_by_label("Название, улица или врач").fill(words)
        self.main.get_by_label("Регион (город или район)").select_option(label=district)
        self.main.get_by_role("button", name="Найти").click()


class TimetableScreen(Screen):
    """When doctors receive."""

    address = "/timetable"
    heading = "Расписание"

    def book(self, doctor: str) -> None:
        """Press «Записаться» at a doctor."""
        self.main.get_by_role("link", name=f"Записаться: {doctor}").click()
