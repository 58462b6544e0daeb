"""A bare Reflex page: a counter and its button, built and served as the cabinet is."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from stand.build import ROOT
from stand.processes import Process
from stand.stand import SERVER
from zdrav29_app import framework

START_SECONDS = 60
CONFIG = """
import reflex as rx
from zdrav29_app.framework import AnyAddress

config = rx.Config(
    app_name="counter",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    plugins=[AnyAddress()],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
"""
PAGE = """
import reflex as rx


class State(rx.State):
    count: int = 0

    @rx.event
    def add(self):
        self.count += 1


def index():
    return rx.el.main(
        rx.el.button("+1", id="add", on_click=State.add),
        rx.el.p(State.count, id="count"),
        custom_attrs={"data-ready": State.is_hydrated.to_string()},
    )


app = rx.App()
app.add_page(index, route="/")
"""


@contextmanager
def served(folder: Path, port: int) -> Iterator[str]:
    """Build the page into `folder` and serve it; gives its address."""
    _write(folder)
    env = {"PYTHONPATH": str(ROOT), "REFLEX_CHECK_LATEST_VERSION": "0"}
    _build(folder, env)
    command = [word.replace("zdrav29_app.zdrav29_app", "counter.counter") for word in SERVER]
    address = f"http://localhost:{port}"
    server = Process(
        "counter",
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        {**env, **framework.PREBUILT},
        folder / "counter.log",
        folder,
    )
    try:
        _wait(address, server)
        yield address
    finally:
        server.stop()


def _write(folder: Path) -> None:
    (folder / "counter").mkdir(parents=True)
    (folder / "assets").mkdir()
    shutil.copytree(ROOT / "reflex.lock", folder / "reflex.lock")  # the same front end
    (folder / "rxconfig.py").write_text(CONFIG, encoding="utf-8")
    (folder / "counter" / "__init__.py").touch()
    (folder / "counter" / "counter.py").write_text(PAGE, encoding="utf-8")


def _build(folder: Path, env: dict[str, str]) -> None:
    made = subprocess.run(
        [sys.executable, "-c", "from zdrav29_app import framework; framework.build()"],
        cwd=folder,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    if not (folder / framework.BUILT / "index.html").is_file():
        sys.exit(f"The counter could not be built.\n{made.stdout}\n{made.stderr}")


def _wait(address: str, server: Process) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.is_running:
        try:
            httpx.get(address, timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"The counter does not answer.\n{server.log_text()}")
