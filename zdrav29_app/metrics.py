"""What is counted, for `/metrics`: names of routes, handlers and outcomes, never of people.

Several workers of one machine count into one folder, and each answers for all of them.
"""

import os
import re
from collections import deque
from pathlib import Path

from zdrav29_app import clock
from zdrav29_app.settings import settings

if settings.metrics_dir:
    settings.metrics_dir.mkdir(parents=True, exist_ok=True)
    # the library looks at it while it is imported, so this is the only module that imports it
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.metrics_dir)

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    multiprocess,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST

requests = Counter(
    "zdrav29_requests", "HTTP requests by template of their route", ["route", "method", "status"]
)
request_seconds = Histogram("zdrav29_request_seconds", "Until an answer was complete", ["route"])
events = Counter(
    "zdrav29_events", "Events of tabs: outcome is ok, failed or the code", ["handler", "outcome"]
)
event_seconds = Histogram("zdrav29_event_seconds", "Until a handler had ended", ["handler"])
acts = Counter("zdrav29_acts", "Acts as the audit trail names them, once they are kept", ["act"])
sign_ins = Counter(
    "zdrav29_sign_ins", "Ends of signing in: ok, or the code of the refusal", ["outcome"]
)
outbox_length = Gauge(
    "zdrav29_outbox_length", "Messages that wait to be sent", multiprocess_mode="mostrecent"
)
outbox_age = Gauge(
    "zdrav29_outbox_age_seconds",
    "How long the oldest of them has been due",
    multiprocess_mode="mostrecent",
)
service_up = Gauge(
    "zdrav29_service_up",
    "What the status page says: 1 works, 0 does not",
    ["service"],
    multiprocess_mode="mostrecent",
)
alerts = Counter("zdrav29_alerts", "Alerts to the webhook by outcome", ["outcome"])

# how full the processes are: of those that live, summed
requests_in_progress = Gauge(
    "zdrav29_requests_in_progress",
    "HTTP requests that are being answered",
    multiprocess_mode="livesum",
)
events_in_progress = Gauge(
    "zdrav29_events_in_progress", "Events that are being handled", multiprocess_mode="livesum"
)
tabs = Gauge("zdrav29_tabs", "Open pages: tabs with a socket", multiprocess_mode="livesum")
connections = Gauge(
    "zdrav29_database_connections",
    "Connections to the database in use",
    multiprocess_mode="livesum",
)
connections_most = Gauge(
    "zdrav29_database_connections_most", "As many there can be", multiprocess_mode="livesum"
)
threads = Gauge("zdrav29_threads", "Worker threads in use", multiprocess_mode="livesum")
threads_most = Gauge("zdrav29_threads_most", "As many there can be", multiprocess_mode="livesum")
threads_waiting = Gauge(
    "zdrav29_threads_waiting", "Tasks that wait for a thread", multiprocess_mode="livesum"
)
loop_late_seconds = Histogram(
    "zdrav29_loop_late_seconds",
    "How late the event loop came back to what it had to do each second",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)

disk_free = Gauge(
    "zdrav29_disk_free_ratio",
    "Free part of the disk that holds the data folder",
    multiprocess_mode="mostrecent",
)
backup_made = Gauge(
    "zdrav29_backup_made_seconds",
    "When the newest backup was made, as Unix time; 0 when there is none",
    multiprocess_mode="mostrecent",
)
clock_ahead = Gauge(
    "zdrav29_clock_ahead_seconds",
    "How far the clock of this machine is ahead of the one of the database",
    multiprocess_mode="mostrecent",
)
certificate_ends = Gauge(
    "zdrav29_certificate_ends_seconds",
    "When a certificate ends, as Unix time; 0 when it cannot be read",
    ["certificate"],
    multiprocess_mode="mostrecent",
)

WATCHED_SECONDS = 300
MOST_WATCHED = 5000
ENOUGH = 20
"""So few answers say nothing of a share."""
HIGH_SHARE = 0.05

_answers: deque[tuple[float, bool]] = deque(maxlen=MOST_WATCHED)


def exposed() -> bytes:
    """What was counted, in Prometheus's own format: by all workers that count into one folder."""
    if not settings.metrics_dir:
        return generate_latest()
    _forget_dead()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)


def _forget_dead() -> None:
    """Take out of the folder what processes were busy with that did not live to take it back."""
    for file in (settings.metrics_dir or Path()).glob("gauge_live*_*.db"):
        found = re.search(r"_(\d+)\.db$", file.name)
        if found and not _lives(int(found[1])):
            multiprocess.mark_process_dead(int(found[1]))  # pyright: ignore[reportUnknownMemberType]  an untyped argument


def _lives(pid: int) -> bool:
    if os.name == "nt":  # there the signal that does nothing would do something
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def answered(*, failed: bool) -> None:
    """Remember an answer: `failed` is a failure of ours, no refusal."""
    _answers.append((clock.machine_seconds(), failed))


def fails_often() -> bool:
    """Whether the share of failures of the last minutes is high."""
    since = clock.machine_seconds() - WATCHED_SECONDS
    while _answers and _answers[0][0] < since:
        _answers.popleft()
    failures = sum(failed for _, failed in _answers)
    return len(_answers) >= ENOUGH and failures / len(_answers) > HIGH_SHARE
