"""The simulator as a process of its own, and how long it takes to answer for the first time."""

import compileall
import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stand.processes import Process


@contextmanager
def running(folder: Path, *options: str) -> Iterator[tuple[Process, int, float]]:
    """Serve from a folder; yields the process, its port and the seconds of its cold start."""
    compileall.compile_dir("esia_sim", quiet=1)  # as an installed package is
    port = free_port()
    env = {"ESIA_SIM_PORT": str(port), "ESIA_SIM_DATA_DIR": str(folder / "esia")}
    begin = time.perf_counter()
    server = Process("esia_sim", ["-m", "esia_sim", *options], env, folder / "esia_sim.log")
    try:
        yield server, port, first_answer(port, "/_sim/health") - begin
    finally:
        server.stop()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def first_answer(port: int, path: str) -> float:
    """Wait until somebody answers there; returns the moment, as `perf_counter` has it."""
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", path)
            connection.getresponse().read()
        except OSError:
            time.sleep(0.005)
        else:
            return time.perf_counter()
