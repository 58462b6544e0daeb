"""Entering with a live ESIA session, and what the guard costs each event at 10,000 sessions."""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import count as counting
from pathlib import Path

from playwright.sync_api import Browser
from sqlalchemy import insert

from stand.browser import sign_in
from stand.stand import Stand
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.engine import in_transaction, reading, transaction
from zdrav29_app.db.tables import WebSession
from zdrav29_app.identity import Browser as From
from zdrav29_app.identity import EsiaPerson, Viewer
from zdrav29_app.limits import Limit, count
from zdrav29_app.services import profile
from zdrav29_app.services import sign_in as entering
from zdrav29_app.values import Gender

ENTRIES, LIMIT_MS = 40, 700
SESSIONS, EVENTS, GUARD_LIMIT_MS = 10_000, 400, 1
PERSON = EsiaPerson(
    oid=1, trusted=True, last_name="Печорин", first_name="Глеб", middle_name=None,
    birth_date=date(1990, 5, 1), gender=Gender.MALE,
)  # fmt: skip


def measure(browser: Browser, stand: Stand) -> dict[str, float]:
    """95th percentile of entering in milliseconds, against its limit."""
    context = browser.new_context(base_url=stand.cabinet_url)
    sign_in(context, stand)
    page = context.new_page()
    ours = "zdrav29_"
    spent: list[float] = []
    for _ in range(ENTRIES):
        kept = [each for each in context.cookies() if not each["name"].startswith(ours)]  # pyright: ignore[reportTypedDictNotRequiredAccess]
        context.clear_cookies()
        context.add_cookies(kept)  # pyright: ignore[reportArgumentType]
        page.goto("/")
        page.wait_for_selector('main[data-ready="true"]')
        begin = time.perf_counter()
        page.get_by_role("link", name="Войти через ЕСИА").click()
        page.wait_for_url("**/home")
        page.wait_for_selector('main[data-ready="true"]')
        spent.append((time.perf_counter() - begin) * 1000)
    context.close()
    p95 = statistics.quantiles(spent, n=20)[-1]
    return {"entering, p95 ms": p95, "entering / limit of 700 ms": p95 / LIMIT_MS}


def measure_guard(file: Path) -> dict[str, float]:
    """What knowing who asks adds to the smallest event that reads, in milliseconds."""
    engine = engine_room.make_engine(f"sqlite:///{file}")
    engine_room.engine = lambda: engine
    engine_room.migrate()
    with transaction() as session:
        token = entering.open_session(session, PERSON, From("192.0.2.1", "bench"))
        viewer = entering.viewer_for(session, token)
        _fill(session.connection(), viewer)
    with ThreadPoolExecutor(1) as pool:
        without, guarded = pool.submit(asyncio.run, _events(token, viewer)).result()
    engine.dispose()
    cost = guarded - without
    return {
        "event without the guard, median ms": without,
        "cost of the guard, median ms": cost,
        "cost of the guard / limit of 1 ms": cost / GUARD_LIMIT_MS,
    }


def _fill(connection: object, viewer: Viewer) -> None:
    now = datetime.now(UTC)
    rows = [
        {
            "token_hash": f"{number:064}", "patient_id": viewer.patient_id, "ip": "192.0.2.1",
            "user_agent": "bench", "device_hash": "", "is_new_device": False, "factors": 2,
            "by_signature": False, "changes": [], "created_at": now, "seen_at": now,
            "expires_at": now + timedelta(hours=12),
        }
        for number in range(SESSIONS)
    ]  # fmt: skip
    connection.execute(insert(WebSession), rows)  # pyright: ignore[reportAttributeAccessIssue]


async def _events(token: str, viewer: Viewer) -> tuple[float, float]:
    numbers = counting()

    async def bare() -> None:
        await reading(profile.name_of_viewer, viewer)

    async def guarded() -> None:
        await count(Limit.EVENT, str(next(numbers) // 200))
        known = await reading(entering.viewer_for, token)
        await reading(profile.name_of_viewer, known)

    await in_transaction(profile.name_of_viewer, viewer)
    return await _median(bare), await _median(guarded)


async def _median(event: Callable[[], Awaitable[None]]) -> float:
    spent: list[float] = []
    for _ in range(EVENTS):
        begin = time.perf_counter()
        await event()
        spent.append((time.perf_counter() - begin) * 1000)
    return statistics.median(spent)
