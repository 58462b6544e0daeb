"""What `/` weighs on the wire: the first visit, and the second one with the cache of the first."""

from typing import Any

from playwright.sync_api import Browser, BrowserContext

from stand.stand import Stand

FIRST_LIMIT_KB = 200
REPEAT_LIMIT_KB = 10


def measure(browser: Browser, stand: Stand) -> dict[str, float]:
    """Bytes as Chromium counts them, headers included, in kB."""
    context = browser.new_context(base_url=stand.cabinet_url)
    first, repeat = _weigh(context), _weigh(context)
    context.close()
    return {
        "first visit, kB": first,
        "first visit / limit of 200 kB": first / FIRST_LIMIT_KB,
        "repeat visit, kB": repeat,
        "repeat visit / limit of 10 kB": repeat / REPEAT_LIMIT_KB,
    }


def _weigh(context: BrowserContext) -> float:
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    weights: list[float] = []

    def add(event: dict[str, Any]) -> None:
        weights.append(event["encodedDataLength"])

    client.on("Network.loadingFinished", add)
    page.goto("/")
    page.wait_for_selector('main[data-ready="true"]')
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")
    page.close()
    return sum(weights) / 1000
