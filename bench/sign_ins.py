"""Signing in at the simulator: how long through its pages, and what ten thousand leave behind."""

import asyncio
import re
import statistics
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
from playwright.sync_api import Browser

from esia_sim import Config, create_app
from esia_sim.assumed import Limits
from esia_sim.remote import Esia
from stand.stand import Stand

RUNS = 10
LIMIT_SECONDS = 1.5
FEW, MANY = 5_000, 10_000  # the inbox is full after the first number
LOGIN = "+7(900)000-01-19"


def measure(browser: Browser, stand: Stand) -> dict[str, float]:
    """Seconds of a sign-in through the pages against its limit; memory after many against few."""
    seconds = statistics.median(_through_pages(browser, stand) for _ in range(RUNS))
    with ThreadPoolExecutor(1) as pool:  # Playwright keeps a loop in this thread
        few, many = pool.submit(asyncio.run, _memory()).result()
    return {
        "sign-in through the pages, s": seconds,
        "sign-in / limit of 1.5 s": seconds / LIMIT_SECONDS,
        "memory after 10,000 sign-ins / after 5,000": many / few,
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


async def _memory() -> tuple[int, int]:
    """Bytes in use after few and after many sign-ins by SMS of one person, in this process."""
    limits = replace(Limits(), sms_resend_seconds=0)
    app = create_app(Config(limits=limits, public_url="http://stand.example"))
    tracemalloc.start()
    used: list[int] = []
    for number in range(1, MANY + 1):
        await sign_in_by_sms(app)
        if number in {FEW, MANY}:
            used.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    return used[0], used[1]


async def sign_in_by_sms(app: object) -> None:
    """Sign one person in through the pages of an application, in this process."""
    transport = httpx.ASGITransport(app)  # pyright: ignore[reportArgumentType]
    async with httpx.AsyncClient(transport=transport, base_url="http://stand.example") as client:
        page = await client.get("/login/sms")
        form = {"token": token_in(page.text), "login": LOGIN}
        await client.post("/login/sms", data=form)
        world = app.state.world  # pyright: ignore[reportAttributeAccessIssue]
        code = world.inbox.find(since=world.inbox.cursor - 1)[-1].code
        form = {"token": form["token"], "code": code}
        answer = await client.post("/login/sms/code", data=form)
        assert answer.status_code == httpx.codes.FOUND, answer.text  # noqa: S101  a bench of nothing is none


def token_in(page: str) -> str:
    """Return the hidden token of the form in a page."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    return found[1] if found else ""
