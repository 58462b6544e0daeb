"""Processes that leave nothing behind: each leads a group of its own and writes to a log file."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

GRACE_SECONDS = 8
WINDOWS = sys.platform == "win32"


class Process:
    """One server, run in `folder` by Python or another program.

    `log` is its stdout and stderr; a new one begins it anew.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str],
        log: Path,
        folder: Path | None = None,
        program: str = sys.executable,
    ) -> None:
        self.name = name
        self.log = log
        self._program, self._command = program, command
        self._env, self._folder = env, folder
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(b"")
        self._process = self._begin()

    def restart(self) -> None:
        """Begin again once it has died; the log goes on where it ended."""
        self.stop()  # what it had started may still hold its port
        self._process = self._begin()

    def _begin(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as out:
            return subprocess.Popen(
                [self._program, *self._command],
                env={**os.environ, **self._env},
                cwd=self._folder,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=not WINDOWS,
            )

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it still lives."""
        return self._process.poll() is None

    def log_text(self) -> str:
        """What it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def stop(self) -> None:
        """End it and everything it started; politely at first."""
        if self.is_running:
            self._process.terminate()
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if not WINDOWS:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
