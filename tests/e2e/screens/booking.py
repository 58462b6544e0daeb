"""The page `/booking`."""

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, expect

from tests.e2e.screens.appointments import TalonScreen
from tests.e2e.screens.screen import Screen

TIME = re.compile(r"^\d\d:\d\d–\d\d:\d\d, ")


class BookingScreen(Screen):
    """Filter, place, day, time, check, confirm."""

    address = "/booking"
    heading = "Запись к врачу"

    def search(self, speciality: str, district: str = "", kind: str = "") -> None:
        """Fill the filter and show free times."""
        self.main.get_by_label("Специальность").select_option(label=speciality)
        if district:
            self.main.get_by_label("Регион (город или район)").select_option(label=district)
        if kind:
            self.main.get_by_label("Тип медучреждения").select_option(label=kind)
        self.main.get_by_role("button", name="Показать свободное время").click()
        expect(self.main.get_by_label("Филиал")).to_be_visible()
        self.wait_ready()

    def find(self, words: str) -> None:
        """Type a name or what hurts, and show free times."""
        field = self.main.get_by_label("Врач или что беспокоит")
        field.fill(words)
        field.press("Enter")
        expect(self.page).to_have_url(re.compile(r"[?&]q="))
        self.wait_ready()

    def choose_another_day(self, ahead: int = 1) -> str:
        """Type a free day after the first into the date field; returns it as YYYY-MM-DD."""
        days = self.main.get_by_role("navigation", name="Дни со свободным временем")
        href = days.get_by_role("link").nth(ahead).get_attribute("href") or ""
        day = parse_qs(urlsplit(href).query)["date"][0]
        self.main.get_by_label("Дата приёма").fill(day)
        expect(self.page).to_have_url(re.compile(f"date={day}"))
        self.wait_ready()
        return day

    @property
    def times(self) -> Locator:
        """All free times on the page."""
        return self.main.get_by_role("button", name=TIME)

    def choose_time(self, name: str | None = None) -> str:
        """Press a time, the last one by default (the first may begin any moment)."""
        button = self.main.get_by_role("button", name=name, exact=True) if name else self.times.last
        label = button.get_attribute("aria-label") or button.inner_text()
        button.click()
        expect(self.confirm_button).to_be_visible()
        self.wait_ready()
        return label

    @property
    def confirm_button(self) -> Locator:
        """The primary act of the check page."""
        return self.main.get_by_role("button", name="Подтвердить запись")

    def confirm(self) -> TalonScreen:
        """Confirm and arrive at the talon."""
        self.confirm_button.click()
        expect(self.page).to_have_url(re.compile(r"/appointments/29-\d{8}"))
        talon = TalonScreen(self.page)
        talon.wait_ready()
        return talon
