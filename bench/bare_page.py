"""A bare page of Reflex: what the framework alone costs, by the server that the cabinet has.

No front end is built: what is measured sits behind the socket.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server import first_answer, free_port
from bench.tab import Site
from stand.processes import Process

_CONFIG = """
import reflex as rx

config = rx.Config(
    app_name="bare",
    telemetry_enabled=False,
    redis_url={redis!r} or None,
    state_manager_mode="redis" if {redis!r} else "memory",
    redis_token_expiration=900,
    disable_plugins=[rx.plugins.SitemapPlugin],
)
"""
_APP = """
import reflex as rx


class Empty(rx.State):
    pass


app = rx.App()
app.add_page(lambda: rx.el.p("bare"), route="/")
"""
_ENV = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "REFLEX_CHECK_LATEST_VERSION": "0",
    "REFLEX_TELEMETRY_ENABLED": "false",
}


@contextmanager
def bare_page(workers: int, *, redis: str) -> Iterator[tuple[int, Site]]:
    """Serve it; yields the process that leads the others, and how tabs reach it."""
    with tempfile.TemporaryDirectory() as made:
        folder, port = Path(made), free_port()
        (folder / "rxconfig.py").write_text(_CONFIG.format(redis=redis), "utf-8")
        (folder / "bare").mkdir()
        (folder / "bare" / "bare.py").write_text(_APP, "utf-8")
        command = [
            *("-m", "granian", "bare.bare:app", "--interface", "asgi", "--factory"),
            *("--log-level", "warning", "--workers", str(workers), "--port", str(port)),
        ]
        server = Process("bare", command, _ENV, folder / "bare.log", folder)
        try:
            first_answer(port, "/ping")
            yield server.pid, Site(port, f"http://localhost:{port}")
        finally:
            server.stop()
