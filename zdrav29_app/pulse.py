"""How full this process is, each second, for `/metrics`. Part of the cabinet's process."""

import asyncio

import anyio.to_thread
import reflex as rx

from zdrav29_app import framework, metrics
from zdrav29_app.db.engine import connections

EVERY_SECONDS = 1.0


async def run(app: rx.App) -> None:
    """Look until cancelled."""
    loop = asyncio.get_running_loop()
    while True:
        begin = loop.time()
        await asyncio.sleep(EVERY_SECONDS)
        metrics.loop_late_seconds.observe(max(0, loop.time() - begin - EVERY_SECONDS))
        metrics.tabs.set(framework.count_tabs(app))
        look()


def look() -> None:
    """Note what of this process is in use now."""
    in_use, most = connections()
    metrics.connections.set(in_use)
    metrics.connections_most.set(most)
    threads = anyio.to_thread.current_default_thread_limiter().statistics()
    metrics.threads.set(threads.borrowed_tokens)
    metrics.threads_most.set(threads.total_tokens)
    metrics.threads_waiting.set(threads.tasks_waiting)
