"""Click → DOM on `/booking`, beside a bare Reflex page with a counter, measured in the same run."""

import socket
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench import counter
from stand.browser import sign_in
from stand.stand import Stand

ROUNDS = 40
LIMIT_MS = 50
PAUSE_MS = 500  # the cabinet drops the events of who makes more than 300 in ten seconds
SCREEN = {"width": 1280, "height": 800}
# from the press to the first change inside `watched` after which there is an `awaited`, both in the
# page's own clock
MEASURE = """
([selector, watched, awaited]) => new Promise(done => {
  const target = document.querySelector(watched);
  const begin = performance.now();
  new MutationObserver((_, observer) => {
    if (!document.querySelector(awaited)) return;
    observer.disconnect();
    done(performance.now() - begin);
  }).observe(target, {childList: true, subtree: true, characterData: true, attributes: true});
  document.querySelector(selector).click();
})
"""


def measure(browser: Browser, stand: Stand) -> dict[str, float]:
    """The 95th percentiles in milliseconds, and their ratios to the counter."""
    bare = _counter(browser)
    context = browser.new_context(base_url=stand.cabinet_url, viewport=SCREEN)  # pyright: ignore[reportArgumentType]
    sign_in(context, stand)
    page = context.new_page()
    _find(page)
    days = _p95([_change_day(page, turn) for turn in range(ROUNDS)])
    _find(page)
    times = _p95([_choose_time(page) for _ in range(ROUNDS)])
    context.close()
    return {
        "bare counter, p95 ms": bare,
        "change of day, p95 ms": days,
        "change of day / limit of 50 ms": days / LIMIT_MS,
        "change of day / bare counter": days / bare,
        "choice of a time, p95 ms": times,
        "choice of a time / bare counter": times / bare,
    }


def _find(page: Page) -> None:
    page.goto("/booking?speciality=therapist&show=1")
    page.wait_for_selector('main[data-ready="true"]')


def _counter(browser: Browser) -> float:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        tempfile.TemporaryDirectory() as folder,
        counter.served(Path(folder) / "counter", port) as address,
    ):
        page = browser.new_page()
        page.goto(address)
        page.wait_for_selector('main[data-ready="true"]')
        spent = [_press(page, "#add", "#count") for _ in range(ROUNDS)]
        page.close()
    return _p95(spent)


def _change_day(page: Page, turn: int) -> float:
    # the day that is not chosen: press to the new times, two trips to the server
    wanted = page.locator("a.day[aria-current='false']").nth(turn % 2)
    wanted.evaluate("element => element.id = 'bench-day'")
    spent = _press(page, "#bench-day", "#times")
    page.wait_for_selector('main[data-ready="true"]')
    page.evaluate("document.getElementById('bench-day')?.removeAttribute('id')")
    return spent


def _choose_time(page: Page) -> float:
    # press to the page that asks to check, with the time held: two trips to the server
    page.wait_for_selector("button.time")
    spent = _press(page, "button.time", "main", ".hold")
    page.locator("a.back").first.click()
    page.wait_for_url(lambda url: "slot=" not in url)
    page.wait_for_selector('main[data-ready="true"]')
    page.wait_for_timeout(PAUSE_MS)
    return spent


def _press(page: Page, button: str, watched: str, awaited: str = "body") -> float:
    spent: float = page.evaluate(MEASURE, [button, watched, awaited])
    return spent


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
