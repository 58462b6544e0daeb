"""Two processes of the cabinet against one: how often the booking page searches in a second.

A fixed number of tabs search as fast as they are answered, over PostgreSQL and Redis in both cases.
The generator, PostgreSQL and Redis use the same cores: the shares tell whether two had any left.
"""

import asyncio
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

from sqlmodel import Session

from bench import tier
from bench.meter import cpu_seconds, family, metered
from bench.tab import Site, Tab
from stand.stand import Stand
from tests import servers

TABS, TURNS, SECONDS, WARM_UP_S = 16, 3, 12.0, 3.0
LIMIT = 1.6
EVENTS_OF_A_SEARCH = 5  # on_load_internal, three of the page, set_is_hydrated
SPECIALITIES = ("surgeon", "ent", "ophthalmologist", "dentist")


def measure(folder: Path, tabs: int = TABS) -> dict[str, float]:
    """Events per second with one and two processes, medians of turns, and their ratio."""
    redis = servers.redis()
    found: defaultdict[int, list[dict[str, float]]] = defaultdict(list)
    with tier.region(tier.size_for(tabs), redis=redis) as engine:
        with Session(engine) as session, session.begin():
            tokens = tier.sign_in(session, tier.grown_ups(session, tabs))
        for _ in range(TURNS):
            for workers in (1, 2):
                with tier.cabinet_of(workers, folder) as (stand, site):
                    found[workers].append(_turn(stand, site, tokens, redis))
    one, two = (_medians(found[workers]) for workers in (1, 2))
    ratio = two["events/s"] / one["events/s"]
    return {
        **{f"one process: {name}": value for name, value in one.items()},
        **{f"two processes: {name}": value for name, value in two.items()},
        "two processes / one": ratio,
        f"two processes / one / limit of {LIMIT}": ratio / LIMIT,
    }


def _turn(stand: Stand, site: Site, tokens: Sequence[str], redis: str) -> dict[str, float]:
    tabs, pid = tier.tabs_of(site, tokens), stand.pid_of("cabinet")

    async def search() -> dict[str, float]:
        for tab in tabs:
            await tab.open("/booking")
        await _searches(tabs, WARM_UP_S)
        before = {one: cpu_seconds(one) for one in family(pid)}
        with metered(**{"the cabinet": pid}) as spent:
            done = await _searches(tabs, SECONDS)
        busiest = max(cpu_seconds(one) - begin for one, begin in before.items())
        for tab in tabs:
            tab.close()
        return {
            "searches/s": done / SECONDS,
            "events/s": done * EVENTS_OF_A_SEARCH / SECONDS,
            "CPU of its busiest process, share of one core": busiest / spent.wall,
            **spent.shares(),
        }

    figures = asyncio.run(search())
    tier.forget_states(redis, tabs)
    return figures


async def _searches(tabs: Sequence[Tab], seconds: float) -> int:
    """How many searches all tabs end within the seconds."""
    until, done = time.perf_counter() + seconds, 0

    async def repeat(tab: Tab) -> None:
        nonlocal done
        for speciality in cycle(SPECIALITIES):
            await tab.go(f"/booking?speciality={speciality}&show=1")
            if time.perf_counter() > until:
                return
            done += 1

    await asyncio.gather(*(repeat(tab) for tab in tabs))
    return done


def _medians(turns: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(turn[name] for turn in turns) for name in turns[0]}
