"""A browser for pictures and benches, with a person signed in."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from esia_sim.remote import Esia
from stand.stand import Stand

SHELL = "chromium-headless-shell"
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
# quiet, and without what a closed network or a small machine lacks
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def executable(*, may_be_shell: bool = False) -> str:
    """The browser of this machine: `ZDRAV29_BROWSER`, or what PATH has.

    The shell shows no window and speaks English only, at two thirds of the work: for tests.
    """
    names = (*((SHELL,) if may_be_shell else ()), *NAMES)
    found = filter(None, (shutil.which(name) for name in names))
    return os.environ.get("ZDRAV29_BROWSER") or next(found, "")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable(),
            args=list(FLAGS),
            env={**os.environ, "LANGUAGE": "ru"},  # date fields as patients see them
        )
        yield browser
        browser.close()


def sign_in(
    context: BrowserContext,
    stand: Stand,
    *,
    has_entered: bool = True,
    record: str = "",
    of_the_cast: str = "",
) -> None:
    """Sign a fresh person in at ESIA and in the cabinet; a newcomer's phone stays open in a tab.

    `record` names the medical documents that clinics have sent her; `of_the_cast` is the key of
    somebody who is signed in instead.
    """
    with Esia(stand.simulator_url) as esia:
        fresh = {"birth_date": "1988-04-12", "gender": "F"}
        person = esia.person(of_the_cast) if of_the_cast else esia.new_person(**fresh)
        cookie = esia.sign_in(str(person["key"]))
    account = f"{stand.cabinet_url}/_demo/people/{person['oid']}"
    known = {"entered": has_entered, **({"documents": record} if record else {})}
    httpx.put(account, json=known, timeout=60).raise_for_status()
    context.add_cookies([{**cookie, "url": stand.simulator_url}])  # pyright: ignore[reportArgumentType]
    page = context.new_page()
    page.goto(f"{stand.cabinet_url}/auth/esia/login")
    page.wait_for_selector('main[data-ready="true"]')
    if has_entered:
        page.close()
    else:
        page.goto(f"{stand.simulator_url}/phone/{person['key']}")
