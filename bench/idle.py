"""What a patient costs who has `/home` open and does nothing: the cabinet's memory per session.

Beside it stands a bare page of Reflex, opened as often by the same client. States lie in Redis when
there are several processes, as in a region, else in the memory of the one.
"""

import asyncio
import gc
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from redis import Redis
from sqlmodel import Session

from bench import tier
from bench.bare_page import bare_page
from bench.meter import family
from bench.tab import Tab
from tests import servers
from zdrav29_app.demo.region.size import REGION

SESSIONS, AT_ONCE, FIRST = 10_000, 16, 32
SETTLE_S = 30
"""The server asks every 25 seconds whether a tab still lives: each is asked once."""
SPARE_FILES = 500
KB = 1024
WAYS = ("Redis, two processes", "one process, no Redis")


def measure(folder: Path, sessions: int = SESSIONS) -> dict[str, float]:
    """Kilobytes per session of the cabinet and of a bare page, both ways, and in Redis."""
    redis = servers.redis()
    _allow_files(sessions + FIRST)
    figures: dict[str, float] = {"sessions": sessions}
    people = tier.size_for(sessions + FIRST)
    # how many clinics there are does not matter to who looks at her own page
    size = replace(REGION.scaled(0.1), patients=people.patients, documents=sessions)
    with tier.region(size, redis=redis) as engine:
        with Session(engine) as session, session.begin():
            patients = tier.grown_ups(session, sessions + FIRST)
            tokens = tier.sign_in(session, patients)
        for way, where, workers in zip(WAYS, (redis, ""), (2, 1), strict=True):
            with patch.dict(os.environ, {"ZDRAV29_REDIS_URL": where}):
                ours = _of_cabinet(folder / str(workers), tokens, workers, where)
            bare = _of_bare_page(len(tokens), workers, where)
            figures |= {f"the cabinet, {way}: {name}": each for name, each in ours.items()}
            figures |= {f"a bare page, {way}: {name}": each for name, each in bare.items()}
            figures[f"the cabinet / a bare page, {way}"] = _ratio(ours, bare)
    return figures


def _of_cabinet(folder: Path, tokens: Sequence[str], workers: int, redis: str) -> dict[str, float]:
    with tier.cabinet_of(workers, folder) as (stand, site):
        tabs = tier.tabs_of(site, tokens)
        return _grown(tabs, "/home", stand.pid_of("cabinet"), redis)


def _of_bare_page(count: int, workers: int, redis: str) -> dict[str, float]:
    with bare_page(workers, redis=redis) as (pid, site):
        return _grown(tier.tabs_of(site, [""] * count), "/", pid, redis)


def _grown(tabs: list[Tab], address: str, pid: int, redis: str) -> dict[str, float]:
    """What opening all tabs but the first few adds to each kind of memory, in kB per tab."""

    async def watch() -> dict[str, float]:
        await _open_all(tabs[:FIRST], address)  # what the first patients load stays for all
        before, kept = _resident(pid), _kept_by(redis)
        await _open_all(tabs[FIRST:], address)
        await asyncio.sleep(SETTLE_S)
        count = len(tabs) - FIRST
        figures = {"kB per session": (_resident(pid) - before) / KB / count}
        if redis:
            figures["kB per session in Redis"] = (_kept_by(redis) - kept) / KB / count
        lost = sum(tab.is_lost for tab in tabs)
        for tab in tabs:
            tab.close()
        return {**figures, "tabs lost meanwhile": lost}

    gc.collect()
    figures = asyncio.run(watch())
    tier.forget_states(redis, tabs)
    return figures


async def _open_all(tabs: Sequence[Tab], address: str) -> None:
    left = iter(tabs)

    async def open_some() -> None:
        for tab in left:
            await tab.open(address)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(open_some())


def _resident(pid: int) -> int:
    return sum(process.memory_info().rss for process in family(pid))


def _kept_by(redis: str) -> int:
    if not redis:
        return 0
    known = Redis.from_url(redis).info("memory")
    return int(known["used_memory"])  # pyright: ignore[reportIndexIssue]  it answers at once


def _ratio(ours: dict[str, float], bare: dict[str, float]) -> float:
    return ours["kB per session"] / max(bare["kB per session"], 1 / KB)


def _allow_files(sockets: int) -> None:
    """Let this process and the servers it starts hold so many sockets.

    Raises:
        SystemExit: the machine allows fewer.
    """
    import resource  # noqa: PLC0415  Windows has none, and runs the other benches

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = sockets + SPARE_FILES
    if soft >= wanted or soft == resource.RLIM_INFINITY:
        return
    if hard != resource.RLIM_INFINITY and hard < wanted:
        raise SystemExit(f"{wanted} open files are needed, {hard} allowed: measure fewer sessions.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
