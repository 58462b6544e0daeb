"""Brings open pages up to date: times that somebody takes, and what is announced.

Part of the cabinet's process. One loop however many tabs are open; it asks the database nothing
while nobody looks (docs/decisions/017-open-pages.md).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import reflex as rx

from zdrav29_app import framework
from zdrav29_app.db.engine import reading
from zdrav29_app.services import watching
from zdrav29_app.state import watched
from zdrav29_app.state.announcements import AnnouncementCard, current_cards
from zdrav29_app.state.booking import BookingState
from zdrav29_app.state.shell import ShellState

EVERY_SECONDS = 1.0

_refreshing: set[asyncio.Task[None]] = set()
_told: list[AnnouncementCard] = []
"""What the open pages of this process show as announced."""

log = logging.getLogger(__name__)


async def run(app: rx.App) -> None:
    """Work until cancelled. A failure is logged and the next round begins as usual."""
    while True:
        try:
            tell_news(app)
            await look_around(app)
        except Exception as error:  # noqa: BLE001  the loop must outlive a database that is away
            log.error("watching failed error=%s", type(error).__name__)  # noqa: TRY400  no values in logs
        await asyncio.sleep(EVERY_SECONDS)


def tell_news(app: rx.App) -> None:
    """Show on every open page what is announced now, if that has changed."""
    global _told  # noqa: PLW0603  what all tabs of this process show
    cards = current_cards()
    if cards == _told:
        return
    _told = cards

    async def show(page: Any) -> None:
        page.announcements = cards

    for token in framework.connected_tabs(app):
        _begin(_refresh(app, token, ShellState, show))


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
        _begin(_refresh(app, token, BookingState, _lose_taken(tabs[token])))


def _lose_taken(cookie: str) -> Callable[[Any], Awaitable[None]]:
    def lose(page: Any) -> Awaitable[None]:
        return page._lose_taken(cookie)  # noqa: SLF001  a public method would be a remote call

    return lose


def _begin(refreshing: Coroutine[Any, Any, None]) -> None:
    """Let it run: a tab that is busy with an event of its own must not keep the others waiting."""
    task = asyncio.create_task(refreshing)
    _refreshing.add(task)
    task.add_done_callback(_refreshing.discard)


async def _refresh(
    app: rx.App, token: str, cls: type[rx.State], act: Callable[[Any], Awaitable[None]]
) -> None:
    try:
        async with app.modify_state(rx.BaseStateToken(ident=token, cls=cls)) as state:
            await act(await state.get_state(cls))
    except Exception as error:  # noqa: BLE001  the page stays as it is; its next act tells more
        log.error("open page not refreshed error=%s", type(error).__name__)  # noqa: TRY400  no values in logs
