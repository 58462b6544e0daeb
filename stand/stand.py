"""A stand: one simulator, one cabinet, one data folder; for demo, tests, pictures, benches."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from stand import keys
from stand.processes import WINDOWS, Process
from zdrav29_app import framework

START_SECONDS = 30
POLL_SECONDS = 0.05
SERVER = (
    *("-m", "granian", "zdrav29_app.zdrav29_app:app", "--interface", "asgi", "--factory"),
    *("--log-level", "warning", "--workers-kill-timeout", "3"),
)


class StandError(Exception):
    """The stand did not come up; the message is for whoever started it."""


class Stand:
    """Use as `with Stand(folder) as stand:`; ports of 0 mean any free ones.

    `template` is a database file to begin with instead of seeding one, `host` the name of this
    machine in addresses, `port_settings` what the two ports are chosen with.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        cabinet_port: int = 0,
        simulator_port: int = 0,
        port_settings: tuple[str, str] = ("ZDRAV29_PORT", "ESIA_SIM_PORT"),
        host: str = "localhost",
        template: Path | None = None,
    ) -> None:
        self.data_dir = data_dir.resolve()
        self.host = host
        self.cabinet_port = _free(cabinet_port, port_settings[0])
        self.simulator_port = _free(simulator_port, port_settings[1])
        cabinet, simulator = (
            f"http://{host}:{p}" for p in (self.cabinet_port, self.simulator_port)
        )
        self.cabinet_url = os.environ.get("ZDRAV29_PUBLIC_URL") or cabinet
        self.simulator_url = os.environ.get("ESIA_SIM_PUBLIC_URL") or simulator
        self._template = template
        self._processes: list[Process] = []

    def __enter__(self) -> Self:
        """Prepare data and start both servers.

        Raises:
            StandError: one of them died or did not answer in time.
        """
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop both servers."""
        self.stop()

    def start(self) -> None:
        """Prepare data and start both servers; see `__enter__`."""
        clients = keys.prepare(self.data_dir, host=self.host)
        self._start("esia_sim", ["-m", "esia_sim", "--clients", str(clients)])
        self._prepare_database()
        self._start(
            "cabinet",
            [
                *SERVER,
                *_workers(),
                "--host",
                self.env["ZDRAV29_HOST"],
                "--port",
                str(self.cabinet_port),
            ],
        )
        self._wait_for_both()

    def restart(self) -> None:
        """Start again whichever server has died, over the data as they are.

        What the simulator knew beyond its cast is gone with its process.

        Raises:
            StandError: it died again or did not answer in time.
        """
        for process in self._processes:
            if not process.is_running:
                process.restart()
        self._wait_for_both()

    def stop(self) -> None:
        """Stop what was started, the last one first."""
        while self._processes:
            self._processes.pop().stop()

    @property
    def env(self) -> dict[str, str]:
        """The settings of this stand as environment variables."""
        return {
            "ZDRAV29_HOST": os.environ.get("ZDRAV29_HOST", "127.0.0.1"),
            "ZDRAV29_PORT": str(self.cabinet_port),
            "ZDRAV29_PUBLIC_URL": self.cabinet_url,
            "ZDRAV29_DATA_DIR": str(self.data_dir),
            "ZDRAV29_ESIA_URL": self.simulator_url,
            "ESIA_SIM_PORT": str(self.simulator_port),
            "ESIA_SIM_PUBLIC_URL": self.simulator_url,
            "ESIA_SIM_CABINET_URL": self.cabinet_url,
            "ESIA_SIM_DATA_DIR": str(self.data_dir / "esia"),
            **framework.PREBUILT,
        }

    @property
    def is_running(self) -> bool:
        """Whether both servers live."""
        return all(process.is_running for process in self._processes)

    def pid_of(self, name: str) -> int:
        """The process that serves as «cabinet» or «esia_sim»; its workers are its children."""
        [found] = [process for process in self._processes if process.name == name]
        return found.pid

    def log_text(self, name: str = "") -> str:
        """The logs of both servers, or of one («cabinet», «esia_sim»)."""
        chosen = [each for each in self._processes if name in {"", each.name}]
        return "".join(f"--- {each.name}\n{each.log_text()}" for each in chosen)

    def _start(self, name: str, command: list[str]) -> None:
        log = self.data_dir / "log" / f"{name}.log"
        self._processes.append(Process(name, command, self.env, log))

    def _prepare_database(self) -> None:
        file = self.data_dir / "zdrav29.sqlite"
        if self._template and not file.exists():
            shutil.copyfile(self._template, file)
            return
        made = subprocess.run(
            [sys.executable, "-m", "zdrav29_app.demo"],
            env={**os.environ, **self.env},
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise StandError(f"The demo data could not be made.\n{made.stderr}")

    def _wait_for_both(self) -> None:
        with httpx.Client(timeout=2) as web:
            self._wait(web, f"{_url(self.simulator_port)}/_sim/health")
            self._wait(web, f"{_url(self.cabinet_port)}/readyz")

    def _wait(self, web: httpx.Client, url: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not _answers(web, url):
            if not self.is_running or time.monotonic() > deadline:
                raise StandError(f"No answer from {url}.\n{self.log_text()}")
            time.sleep(POLL_SECONDS)


def _workers() -> list[str]:
    number = os.environ.get("ZDRAV29_WORKERS", "1")
    return [] if number == "1" else ["--workers", number, "--respawn-failed-workers"]


def _answers(web: httpx.Client, url: str) -> bool:
    try:
        return web.get(url).is_success
    except httpx.HTTPError:
        return False


def _url(port: int, host: str = "localhost") -> str:
    return f"http://{host}:{port}"


def _free(port: int, setting: str) -> int:
    with socket.socket() as probe:
        if not WINDOWS:  # there this option would allow what we want to find out
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise StandError(f"Port {port} is taken. Choose another one with {setting}.") from None
        return probe.getsockname()[1]
