"""What all screens share: opening, readiness, refusals."""

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect


class Screen:
    """One page of the cabinet, found by its address and its heading."""

    address = "/"
    heading = ""

    def __init__(self, page: Page) -> None:
        self.page = page

    def open(self) -> Self:
        """Load the address and wait until the page has its data."""
        self.page.goto(self.address)
        return self.arrived()

    def arrived(self) -> Self:
        """Wait for this page after an act on another one."""
        expect(self.page.get_by_role("heading", level=1, name=self.heading)).to_be_visible()
        self.wait_ready()
        return self

    def wait_ready(self) -> None:
        """Wait for hydration and data."""
        expect(self.page.locator("main")).to_have_attribute("data-ready", "true")

    @property
    def main(self) -> Locator:
        """The content without header and footer."""
        return self.page.locator("main")

    @property
    def refusal(self) -> Locator:
        """The alert that says what went wrong."""
        return self.page.get_by_role("alert").filter(visible=True)

    def expect_refusal(self, code: str, words: str | re.Pattern[str]) -> None:
        """A refusal carries its code, a request id and words."""
        expect(self.refusal).to_have_attribute("data-code", code)
        expect(self.refusal).to_have_attribute("data-request-id", re.compile(r"^[0-9a-f]{12}$"))
        expect(self.refusal).to_contain_text(words)
        report = self.refusal.get_by_role("link", name="Сообщить об этой ошибке")
        expect(report).to_have_attribute("href", re.compile(rf"^/support\?code={code}&at="))

    def expect_focus_on_heading(self) -> None:
        """After a change of page the focus stands on its heading."""
        expect(self.page.locator("#page-title")).to_be_focused()
