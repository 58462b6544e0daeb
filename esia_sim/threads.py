"""A stand in a thread of the caller's process, for tests."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from esia_sim.app import create_app
from esia_sim.clock import Clock
from esia_sim.config import Config
from esia_sim.remote import Esia
from esia_sim.serve import Server, open_socket

_START_SECONDS: Final = 10


@contextmanager
def run_in_thread(
    config: Config | None = None, *, port: int = 0, clock: Clock | None = None
) -> Generator[Esia]:
    """Run a stand until the block ends; port 0 takes a free one.

    Yields:
        Its control calls as methods; `.url` is its address.

    Raises:
        RuntimeError: it did not start.
    """
    listener = open_socket(replace(config or Config(), port=port))
    config = replace(config or Config(), port=listener.getsockname()[1])
    server = Server(create_app(config, clock), with_logging=False)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        _wait_for(server, thread)
        with Esia(config.base_url, key=config.control_key) as esia:
            yield esia
    finally:
        server.should_exit = True
        thread.join(_START_SECONDS)


def _wait_for(server: Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            msg = "the simulator did not start"
            raise RuntimeError(msg)
        time.sleep(0.005)
