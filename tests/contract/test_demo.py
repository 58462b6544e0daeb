"""`make demo` as its user meets it: it says who can sign in, and Ctrl-C leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

STOP_SECONDS = 20


class Demo:
    """A running `make demo` on ports of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.ports = (_free_port(), _free_port())
        self.process = _start(data_dir, *self.ports)
        assert self.process.stdout
        self.output = self.process.stdout
        self.greeting = ""
        while not self.greeting.endswith("  Ctrl-C stops both.\n"):
            line = self.output.readline()
            assert line, f"the demo ended before it was ready:\n{self.greeting}"
            self.greeting += line
        self.started = psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, *signals: int) -> None:
        for number in signals:
            self.process.send_signal(number)
        self.process.wait(STOP_SECONDS)


def _start(data_dir: Path, cabinet_port: int, simulator_port: int) -> subprocess.Popen[str]:
    ports = {"ZDRAV29_PORT": str(cabinet_port), "ESIA_SIM_PORT": str(simulator_port)}
    return subprocess.Popen(
        [sys.executable, "-m", "stand.demo"],
        env={**os.environ, **ports, "ZDRAV29_DATA_DIR": str(data_dir), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path)
    yield running
    if running.process.poll() is None:
        running.stop(signal.SIGTERM)
    running.output.close()


def test_the_demo_says_where_it_is_and_who_can_sign_in(demo: Demo):
    cabinet, simulator = (f"http://localhost:{port}" for port in demo.ports)

    assert httpx.get(cabinet).status_code == 200
    assert cabinet in demo.greeting
    for person in httpx.get(f"{simulator}/_sim/people").json()["people"]:
        assert (person["login"] or person["key"]) in demo.greeting
        assert person["story"] in demo.greeting


@pytest.mark.parametrize(
    "signals",
    [(signal.SIGINT,), (signal.SIGINT, signal.SIGINT), (signal.SIGTERM,)],
    ids=["Ctrl-C", "Ctrl-C twice", "terminated"],
)
def test_stopping_the_demo_leaves_no_process_behind(demo: Demo, signals: tuple[int, ...]):
    assert len(demo.started) >= 2

    demo.stop(*signals)

    assert demo.process.returncode == 0
    assert [process for process in demo.started if process.is_running()] == []


@pytest.mark.parametrize("setting", ["ZDRAV29_PORT", "ESIA_SIM_PORT"])
def test_a_taken_port_is_named_with_the_setting_that_changes_it(tmp_path: Path, setting: str):
    with socket.create_server(("127.0.0.1", 0)) as neighbour:
        taken = neighbour.getsockname()[1]
        ports = {"ZDRAV29_PORT": _free_port(), "ESIA_SIM_PORT": _free_port(), setting: taken}

        refused = _start(tmp_path, ports["ZDRAV29_PORT"], ports["ESIA_SIM_PORT"])
        words, _ = refused.communicate(timeout=STOP_SECONDS)

    assert refused.returncode == 1
    assert str(taken) in words
    assert setting in words
