"""Signing in at the simulator through its pages: how long it takes."""

import statistics
import time

from playwright.sync_api import Browser

from esia_sim.remote import Esia
from stand.stand import Stand

RUNS = 10
LIMIT_SECONDS = 1.5


def measure(browser: Browser, stand: Stand) -> dict[str, float]:
    """Seconds of a sign-in through the pages against their limit."""
    seconds = statistics.median(_through_pages(browser, stand) for _ in range(RUNS))
    return {
        "sign-in through the pages, s": seconds,
        "sign-in / limit of 1.5 s": seconds / LIMIT_SECONDS,
    }


def _through_pages(browser: Browser, stand: Stand) -> float:
    with Esia(stand.simulator_url) as esia:
        person = esia.new_person()
        cursor = esia.cursor()
        page = browser.new_page()
        begin = time.perf_counter()
        page.goto(f"{stand.simulator_url}/login")
        page.locator("#login").fill(str(person["login"]))
        page.locator("#password").fill(str(person["password"]))
        page.locator("button.plain-button_wide").click()
        page.locator("#code").fill(esia.wait_for_code(str(person["key"]), since=cursor))
        page.get_by_role("button", name="Подтвердить").click()
        page.wait_for_url(f"{stand.simulator_url}/")
        took = time.perf_counter() - begin
        page.close()
    return took
