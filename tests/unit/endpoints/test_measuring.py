"""What is counted of a request, and who may read it."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request

from tests.conftest import run
from zdrav29_app import metrics
from zdrav29_app.endpoints import health
from zdrav29_app.endpoints.measuring import template_of
from zdrav29_app.errors import NotFound


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/appointments/29-12345678.ics", "/appointments/{number:str}.ics"),
        ("/files/17", "/files/{document_id:str}"),
        ("/healthz", "/healthz"),
        ("/appointments/29-12345678", "page"),
        ("/Двинская Анна", "page"),
        ("/assets/x-1234.js", "file"),
    ],
)
def test_a_request_counts_under_the_template_of_its_route(path: str, template: str):
    scope = {"type": "http", "method": "GET", "path": path, "headers": []}

    assert template_of(scope) == template


def _may_read(
    monkeypatch: pytest.MonkeyPatch,
    host: str,
    *,
    key: str = "",
    hops: int = 0,
    **headers: str,
) -> bool:
    settings = SimpleNamespace(metrics_key=key, trusted_proxy_hops=hops)
    monkeypatch.setattr(health, "settings", settings)
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "headers": sent, "client": (host, 1)}
    try:
        return run(health.metrics(Request(scope))).status_code == 200
    except NotFound:
        return False


def test_without_a_key_only_programs_of_this_machine_read_the_metrics(
    monkeypatch: pytest.MonkeyPatch,
):
    assert _may_read(monkeypatch, "127.0.0.1")
    assert not _may_read(monkeypatch, "192.0.2.1")
    assert not _may_read(monkeypatch, "127.0.0.1", x_forwarded_for="192.0.2.1")
    assert not _may_read(monkeypatch, "127.0.0.1", hops=1)


def test_with_a_key_whoever_has_it_reads_them_from_anywhere(monkeypatch: pytest.MonkeyPatch):
    assert _may_read(monkeypatch, "192.0.2.1", key="north", authorization="Bearer north")
    assert not _may_read(monkeypatch, "192.0.2.1", key="north", authorization="Bearer south")
    assert not _may_read(monkeypatch, "127.0.0.1", key="north")


def test_each_of_several_workers_answers_for_all_of_them(tmp_path: Path):
    env = {**os.environ, "ZDRAV29_METRICS_DIR": str(tmp_path / "counted")}

    def work(code: str) -> str:
        done = f"from zdrav29_app import metrics\n{code}"
        return subprocess.run(
            [sys.executable, "-c", done], env=env, capture_output=True, text=True, check=True
        ).stdout

    for length in (7, 2):
        work(
            f"metrics.acts.labels('booked').inc({length})\n"
            "metrics.request_seconds.labels('/healthz').observe(0.1)\n"
            f"metrics.outbox_length.set({length})\n"
        )
    shown = work("print(metrics.exposed().decode())")

    assert 'zdrav29_acts_total{act="booked"} 9.0' in shown
    assert 'zdrav29_request_seconds_count{route="/healthz"} 2.0' in shown
    assert "zdrav29_outbox_length 2.0" in shown


@pytest.mark.parametrize(
    ("failed", "sound", "often"), [(19, 0, False), (20, 0, True), (2, 38, False), (3, 37, True)]
)
def test_failures_are_many_above_one_in_twenty_of_enough_answers(
    monkeypatch: pytest.MonkeyPatch, failed: int, sound: int, often: bool
):
    moment = [1000.0]
    monkeypatch.setattr(metrics.clock, "machine_seconds", lambda: moment[0])
    metrics._answers.clear()
    for each in [True] * failed + [False] * sound:
        metrics.answered(failed=each)

    assert metrics.fails_often() is often
    moment[0] += metrics.WATCHED_SECONDS + 1
    assert not metrics.fails_often()
