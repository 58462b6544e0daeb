"""Axe over the page as it stands."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # what passes is not listed element by element: that costs more than finding what does not
    "resultTypes": ["violations"],
}


def expect_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA, nor of axe's own good practice."""
    page.wait_for_load_state()  # without its styles a page has no sizes
    results = AXE.run(page, options=RULES)

    assert results.violations_count == 0, results.generate_report()
