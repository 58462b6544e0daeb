"""How full a process is, and what of its machine runs out: as /metrics tells it."""

import asyncio
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography import x509
from prometheus_client import REGISTRY
from sqlalchemy import Engine
from sqlmodel import Session
from starlette.types import Message, Receive, Scope, Send

from stand import keys
from tests.conftest import run
from zdrav29_app import backup, probes, pulse
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.engine import reading
from zdrav29_app.endpoints.measuring import measure

COUNTED = "from zdrav29_app import metrics\nmetrics.requests_in_progress.inc({})\n"
SHOWN = "print(metrics.exposed().decode())"


def _value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0


def test_threads_and_connections_in_use_are_told(file_engine: Engine):
    busy, over = threading.Event(), threading.Event()

    def work(session: Session) -> None:
        session.connection()
        busy.set()
        over.wait(20)

    async def look() -> tuple[float, float]:
        task = asyncio.create_task(reading(work))
        await asyncio.to_thread(busy.wait, 20)
        pulse.look()
        seen = _value("zdrav29_threads"), _value("zdrav29_database_connections")
        over.set()
        await task
        pulse.look()
        return seen

    assert run(look()) == (1, 1)
    assert _value("zdrav29_threads") == 0
    assert _value("zdrav29_database_connections") == 0
    assert _value("zdrav29_threads_most") > 1
    assert _value("zdrav29_database_connections_most") == engine_room.POOL + engine_room.OVERFLOW


def test_the_pool_holds_as_many_connections_as_are_told(each_engine: Engine):
    pool: Any = each_engine.pool  # the overflow has no public name

    assert (pool.size(), pool._max_overflow) == (engine_room.POOL, engine_room.OVERFLOW)


def test_the_pulse_counts_open_tabs_and_notes_how_late_the_loop_is(
    file_engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pulse, "EVERY_SECONDS", 0)
    sockets = SimpleNamespace(sid_to_token={"one": "a", "two": "b"})
    app: Any = SimpleNamespace(event_namespace=sockets)
    beats = "zdrav29_loop_late_seconds_count"

    async def beat() -> float:
        before, task = _value(beats), asyncio.create_task(pulse.run(app))
        for _ in range(5):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        return _value(beats) - before

    assert run(beat()) > 1
    assert _value("zdrav29_tabs") == 2


def test_a_request_is_in_progress_until_it_is_answered():
    seen: list[float] = []

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(_value("zdrav29_requests_in_progress"))
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def ignore(message: Message) -> None:
        del message

    async def never() -> Message:
        raise AssertionError

    before = _value("zdrav29_requests_in_progress")
    scope: Scope = {"type": "http", "method": "GET", "path": "/", "headers": []}

    async def ask() -> None:
        await measure(answer)(scope, never, ignore)

    run(ask())

    assert seen == [before + 1]
    assert _value("zdrav29_requests_in_progress") == before


def test_workers_are_added_up_and_one_that_died_is_busy_with_nothing(tmp_path: Path):
    env = {**os.environ, "ZDRAV29_METRICS_DIR": str(tmp_path)}

    def shown(own: int) -> str:
        code = [sys.executable, "-c", COUNTED.format(own) + SHOWN]
        return subprocess.run(code, env=env, capture_output=True, text=True, check=True).stdout

    waiting = COUNTED.format(3) + "print('busy', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", waiting], env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        together = shown(2)
        other.kill()
        other.wait()

    assert "zdrav29_requests_in_progress 5.0" in together
    assert "zdrav29_requests_in_progress 1.0" in shown(1)


def test_disk_and_newest_backup_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    known = probes.settings.model_copy(update={"data_dir": tmp_path})
    monkeypatch.setattr(probes, "settings", known)
    monkeypatch.setattr(backup, "settings", known)

    probes.look_at_machine()
    assert _value("zdrav29_backup_made_seconds") == 0

    (tmp_path / "backups").mkdir()
    for name, made_at in (("zdrav29-1.tar.age", 1000), ("zdrav29-2.tar.age", 2000)):
        (tmp_path / "backups" / name).touch()
        os.utime(tmp_path / "backups" / name, (made_at, made_at))
    probes.look_at_machine()
    assert _value("zdrav29_backup_made_seconds") == 2000
    assert 0 < _value("zdrav29_disk_free_ratio") <= 1


def test_the_ends_of_certificates_are_told_and_one_that_cannot_be_read_is_zero(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    keys.prepare(tmp_path)
    known = probes.settings.model_copy(update={"data_dir": tmp_path})
    monkeypatch.setattr(probes, "settings", known)
    ours = x509.load_pem_x509_certificate(known.client_certificate_file.read_bytes())

    probes.look_at_machine()
    assert _value("zdrav29_certificate_ends_seconds", certificate="client") == (
        ours.not_valid_after_utc.timestamp()
    )

    known.client_certificate_file.write_text("no certificate")
    probes.look_at_machine()
    assert _value("zdrav29_certificate_ends_seconds", certificate="client") == 0


def test_a_clock_that_runs_ahead_of_the_database_is_told(
    each_engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    is_one_machine = each_engine.dialect.name == "sqlite"
    real = engine_room.clock.machine_seconds

    ahead = run(reading(engine_room.seconds_ahead))
    monkeypatch.setattr(engine_room.clock, "machine_seconds", lambda: real() + 3600)
    moved = run(reading(engine_room.seconds_ahead))

    assert abs(ahead) < 60
    assert moved == 0 if is_one_machine else 3540 < moved < 3660
