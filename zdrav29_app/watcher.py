"""Takes times off open pages when somebody is faster. Part of the cabinet's process.

One loop however many tabs are open; it asks the database nothing while nobody looks
(docs/decisions/017-open-pages.md).
"""

import asyncio
import logging
from typing import Any

import reflex as rx

from zdrav29_app import framework
from zdrav29_app.db.engine import reading
from zdrav29_app.services import watching
from zdrav29_app.state import watched
from zdrav29_app.state.booking import BookingState

EVERY_SECONDS = 1.0

_refreshing: set[asyncio.Task[None]] = set()

log = logging.getLogger(__name__)


async def run(app: rx.App) -> None:
    """Work until cancelled. A failure is logged and the next round begins as usual."""
    while True:
        try:
            await look_around(app)
        except Exception as error:  # noqa: BLE001  the loop must outlive a database that is away
            log.error("watching failed error=%s", type(error).__name__)  # noqa: TRY400  no values in logs
        await asyncio.sleep(EVERY_SECONDS)


async def look_around(app: rx.App) -> None:
    """Bring the open pages up to date that show a time which is not free any more."""
    tabs = framework.connected_tabs(app)
    watched.forget_closed(tabs)
    slots = watched.shown()
    if not slots:
        return
    gone = await reading(watching.not_free, slots)
    for token in tabs.keys() & watched.showing(gone):
        # only a page that shows its times anew is watched again
        watched.forget(token)
        # a tab that is busy with an event of its own must not keep the others waiting
        task = asyncio.create_task(_refresh(app, token, tabs[token]))
        _refreshing.add(task)
        task.add_done_callback(_refreshing.discard)


async def _refresh(app: rx.App, token: str, cookie: str) -> None:
    try:
        async with app.modify_state(rx.BaseStateToken(ident=token, cls=BookingState)) as state:
            page: Any = await state.get_state(BookingState)
            await page._lose_taken(cookie)  # noqa: SLF001  a public method would be a remote call
    except Exception as error:  # noqa: BLE001  the page stays as it is; its next act tells more
        log.error("open page not refreshed error=%s", type(error).__name__)  # noqa: TRY400  no values in logs
