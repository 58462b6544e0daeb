"""Click → DOM on `/booking`, beside the smallest event the application has."""

import statistics

from playwright.sync_api import Browser, Page

from stand.browser import sign_in
from stand.stand import Stand

ROUNDS = 40
LIMIT_MS = 50
# from the press to the first change of the content, both in the page's own clock
MEASURE = """
([selector, watched]) => new Promise(done => {
  const target = document.querySelector(watched);
  const begin = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    done(performance.now() - begin);
  }).observe(target, {childList: true, subtree: true, characterData: true, attributes: true});
  document.querySelector(selector).click();
})
"""


def measure(browser: Browser, stand: Stand) -> dict[str, float]:
    """The 95th percentiles in milliseconds, and their ratio."""
    context = browser.new_context(
        base_url=stand.cabinet_url, viewport={"width": 1280, "height": 800}
    )
    sign_in(context, stand)
    page = context.new_page()
    page.goto("/booking?speciality=therapist&show=1")
    page.wait_for_selector('main[data-ready="true"]')
    smallest = _p95([page.evaluate(MEASURE, ["#phone-button", ".whose"]) for _ in range(ROUNDS)])
    days = _p95([_change_day(page, turn) for turn in range(ROUNDS)])
    context.close()
    return {
        "change of day, p95 ms": days,
        "change of day / limit of 50 ms": days / LIMIT_MS,
        "smallest event, p95 ms": smallest,
        "change of day / smallest event": days / smallest,
    }


def _change_day(page: Page, turn: int) -> float:
    # the day that is not chosen: press to the new times, two trips to the server
    wanted = page.locator("a.day[aria-current='false']").nth(turn % 2)
    wanted.evaluate("element => element.id = 'bench-day'")
    spent: float = page.evaluate(MEASURE, ["#bench-day", "#times"])
    page.wait_for_selector('main[data-ready="true"]')
    page.evaluate("document.getElementById('bench-day')?.removeAttribute('id')")
    return spent


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
