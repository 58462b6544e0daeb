"""`/status`: the document and what its page is told over the socket, from memory both."""

import statistics
import time
from collections.abc import Callable

import httpx
from playwright.sync_api import Browser

from stand.stand import Stand
from tests.e2e.raw_tab import handler, raw_tab

ROUNDS = 200
LIMIT_MS = 20


def measure(browser: Browser, stand: Stand) -> dict[str, float]:
    """The 95th percentiles in milliseconds, beside the limit."""
    del browser
    with httpx.Client(base_url=stand.cabinet_url) as web:
        document = _p95(lambda: web.get("/status").raise_for_status())
    with raw_tab(stand.cabinet_url) as tab:
        tab.hydrate("/status")
        load = handler("status", "status_state", "load")
        told = _p95(lambda: tab.send(load, {}, path="/status"))
    return {
        "document, p95 ms": document,
        "what the page is told, p95 ms": told,
        "the slower of both / limit of 20 ms": max(document, told) / LIMIT_MS,
    }


def _p95(act: Callable[[], object]) -> float:
    spent: list[float] = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        spent.append((time.perf_counter() - begin) * 1000)
    return statistics.quantiles(spent, n=20)[-1]
