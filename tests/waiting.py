"""Waiting for something outside this process."""

import threading
import time
from collections.abc import Callable

import httpx


def wait_until(is_so: Callable[[], bool], *, seconds: float = 20) -> None:
    """Wait until something is so; it has to be in time."""
    ends, pause = time.monotonic() + seconds, threading.Event()
    while not is_so():
        assert time.monotonic() < ends, "it did not happen"
        pause.wait(0.05)


def answers(url: str) -> bool:
    """Whether there is somebody, and all is well with him."""
    try:
        return httpx.get(url, timeout=2).is_success
    except httpx.HTTPError:
        return False
