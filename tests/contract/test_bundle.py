"""`make bundle`: the archive starts where neither a network nor Python nor the project is."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from stand.build import build_if_stale
from stand.bundle.__main__ import write
from tests.proxy import free_ports

ROOT = Path(__file__).parents[2]
NAMESPACES = ("unshare", "--net", "--mount", "--map-root-user")
START = """
ip link set lo up
for folder in "$@"; do mount -t tmpfs none "$folder"; done
exec env -i HOME="$HOME" PATH=/usr/bin:/bin \
    ZDRAV29_PORT="$CABINET" ESIA_SIM_PORT="$SIMULATOR" */start
"""
ASK = "import httpx, sys; [print(httpx.get(url).status_code) for url in sys.argv[1:]]"


class Laptop:
    """Namespaces without a network in which the interpreter and the project are empty folders."""

    def __init__(self, desk: Path, home: Path) -> None:
        self.ports = free_ports(2)
        cabinet, simulator = map(str, self.ports)
        self._process = subprocess.Popen(
            [*NAMESPACES, "sh", "-ec", START, "sh", *_hidden()],
            cwd=desk,
            env={**os.environ, "HOME": str(home), "CABINET": cabinet, "SIMULATOR": simulator},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._process.stdout
        self.output = self._process.stdout
        self.greeting = ""
        while not self.greeting.endswith("  Ctrl-C stops both.\n"):
            line = self.output.readline()
            assert line, f"the demo ended before it was ready:\n{self.greeting}"
            self.greeting += line

    def ask(self, *addresses: str) -> list[str]:
        """How the demo answers inside, each by its status."""
        inside = ("nsenter", "--user", "--preserve-credentials", "--net")
        told = subprocess.run(
            [*inside, "--target", str(self._process.pid), sys.executable, "-c", ASK, *addresses],
            capture_output=True,
            text=True,
            check=False,
        )
        return told.stdout.split() or [told.stderr]

    def stop(self) -> int:
        """Press Ctrl-C and wait for the end."""
        self._process.send_signal(signal.SIGINT)
        self.output.read()
        self.output.close()
        return self._process.wait()


def _hidden() -> list[str]:
    """What only the machine of the maker has; a Python of the system cannot be taken away."""
    folders = {ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix)} - {Path("/usr")}
    # the ones inside another go with it
    return [str(one) for one in folders if not folders.intersection(one.parents)]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The archive of what is here."""
    if sys.platform != "linux":
        pytest.skip("archives are made on Linux only")
    try:
        allowed = subprocess.run([*NAMESPACES, "ip", "link"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("unshare is not on this machine: no place without a network")
    if allowed.returncode:
        pytest.skip(f"no namespaces are allowed here: {allowed.stderr.decode().strip()}")
    if "PYTEST_XDIST_WORKER" not in os.environ:  # several workers would build over each other
        build_if_stale()
    return write(tmp_path / "made")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def laptop(archive: Path, home: Path, tmp_path: Path) -> Iterator[Laptop]:
    """The demo out of the archive, running in an empty folder."""
    desk = tmp_path / "desk"
    desk.mkdir()
    subprocess.run(["tar", "xzf", archive], cwd=desk, check=True)  # noqa: S607  as a reader would
    archive.unlink()
    running = Laptop(desk, home)
    yield running
    if not running.output.closed:
        running.stop()


def test_the_demo_runs_out_of_the_archive_and_leaves_nothing_at_home(laptop: Laptop, home: Path):
    cabinet, simulator = (f"http://localhost:{port}" for port in laptop.ports)

    answers = laptop.ask(f"{cabinet}/readyz", cabinet, simulator, f"{simulator}/phone/anna")

    assert answers == ["200", "200", "200", "200"]
    assert "anna" in laptop.greeting
    assert laptop.stop() == 0
    assert [*home.iterdir()] == []
