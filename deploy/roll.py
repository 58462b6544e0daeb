"""`python -m deploy.roll`: workers behind nginx are restarted one after another, no request fails.

Each is taken out of nginx's list, given a while to finish what it does, restarted, and put back
when its `/readyz` says so. Standard library only. Why the list and not nginx's own judgement:
docs/decisions/033-nginx-in-front.md.
"""

import argparse
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

POLL_SECONDS = 0.2
_SERVER = re.compile(r"^(server 127\.0\.0\.1:(\d+)[^;]*?)(?: down)?;", re.MULTILINE)


class NotReadyError(Exception):
    """A restarted worker did not become ready; it stays out of the list, the others serve."""


@dataclass(frozen=True)
class Rolling:
    """How a site restarts one worker, by its port, and lets nginx read its files again.

    `drain_seconds` is what requests get to finish, `ready_seconds` what a worker gets to start.
    """

    workers: Path
    restart: Callable[[int], None]
    reload: Callable[[], None]
    drain_seconds: float = 5
    ready_seconds: float = 60

    def ports(self) -> list[int]:
        """The ports of all workers, as the list names them."""
        return [int(found[2]) for found in _SERVER.finditer(self.workers.read_text("utf-8"))]

    def run(self) -> None:
        """Restart every worker.

        Raises:
            NotReadyError: one did not come back; those after it were left alone.
        """
        for port in self.ports():
            self._serve_without(port)
            time.sleep(self.drain_seconds)
            self.restart(port)
            self._wait_for(port)
            self._serve_without(None)

    def _serve_without(self, absent: int | None) -> None:
        def written(found: re.Match[str]) -> str:
            return f"{found[1]}{' down' if int(found[2]) == absent else ''};"

        text = self.workers.read_text("utf-8")
        whole = self.workers.with_suffix(".new")
        whole.write_text(_SERVER.sub(written, text), "utf-8")
        whole.replace(self.workers)  # nginx never reads half of it
        self.reload()

    def _wait_for(self, port: int) -> None:
        ends = time.monotonic() + self.ready_seconds
        while not _is_ready(port):
            if time.monotonic() > ends:
                raise NotReadyError(f"the worker on port {port} did not become ready")
            time.sleep(POLL_SECONDS)


def _is_ready(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return answer.status == 200  # noqa: PLR2004 - HTTP
    except (URLError, OSError):
        return False


def main() -> int:
    """Restart the workers of this machine; returns the exit code."""
    parser = argparse.ArgumentParser(prog="deploy.roll", description=__doc__)
    parser.add_argument("--workers", type=Path, default=Path("/etc/nginx/zdrav29/workers.conf"))
    parser.add_argument("--restart", default="systemctl restart zdrav29@{port}.service")
    parser.add_argument("--reload", default="systemctl reload zdrav29-proxy.service")
    parser.add_argument("--drain", type=float, default=Rolling.drain_seconds, help="seconds")
    given = parser.parse_args()
    rolling = Rolling(
        workers=given.workers,
        restart=lambda port: _call(given.restart.format(port=port)),
        reload=lambda: _call(given.reload),
        drain_seconds=given.drain,
    )
    try:
        rolling.run()
    except (NotReadyError, OSError, subprocess.CalledProcessError) as error:
        print(f"deploy.roll: {error}", file=sys.stderr)
        return 1
    return 0


def _call(command: str) -> None:
    subprocess.run(shlex.split(command), check=True)


if __name__ == "__main__":
    sys.exit(main())
