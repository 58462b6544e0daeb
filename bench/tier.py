"""What benches of the region tier stand on: PostgreSQL with a region, Redis, people signed in.

The number of processes of the cabinet is chosen when its stand starts (`cabinet_of`).
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch
from uuid import uuid4

from redis import Redis
from sqlalchemy import Engine, insert
from sqlmodel import Session, col, select

from bench import tab
from bench.tab import Site, Tab
from stand.stand import Stand
from tests import servers
from zdrav29_app import clock
from zdrav29_app.db.tables import Patient, WebSession
from zdrav29_app.demo.region.fill import fill
from zdrav29_app.demo.region.size import ENTERED_OF_TEN, REGION, Size
from zdrav29_app.identity import fingerprint
from zdrav29_app.values import local

GROWN_UP = timedelta(days=20 * 365)
SLOTS = 400_000
"""All times of the fortnight that can be booked; of a region's thirty days nobody sees the rest."""

_MIGRATE = "from zdrav29_app.db.engine import migrate; migrate()"


def size_for(people: int) -> Size:
    """A region of full size, but with hardly more patients than so many who have entered."""
    # of ten so many have entered, and some of those are children
    patients = people * 10 // ENTERED_OF_TEN * 3 // 2
    return replace(REGION, slots=SLOTS, patients=patients, documents=patients)


@contextmanager
def region(size: Size, *, redis: str) -> Iterator[Engine]:
    """A region in a database of its own; servers that start meanwhile use it, and this Redis."""
    with servers.database() as engine:
        settings = {
            "ZDRAV29_DATABASE_URL": engine.url.render_as_string(hide_password=False),
            "ZDRAV29_REDIS_URL": redis,
            # every tab has an address of its own, as behind a proxy: one address opens few sockets
            "ZDRAV29_TRUSTED_PROXY_HOPS": "1",
        }
        with patch.dict(os.environ, settings):
            # a process of its own, which reads the settings anew
            subprocess.run([sys.executable, "-c", _MIGRATE], check=True)
            with Session(engine) as session, session.begin():
                fill(session, size, local(clock.now()).date())
            settle(engine)
            yield engine


@contextmanager
def cabinet_of(workers: int, folder: Path) -> Iterator[tuple[Stand, Site]]:
    """A stand whose cabinet runs in so many processes, and how tabs reach it."""
    with patch.dict(os.environ, {"ZDRAV29_WORKERS": str(workers)}), Stand(folder) as stand:
        yield stand, tab.cabinet(stand.cabinet_port, stand.cabinet_url)


def settle(engine: Engine) -> None:
    """Do what PostgreSQL does in the night: without it no index is read alone."""
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def grown_ups(session: Session, count: int) -> Sequence[int]:
    """Ids of patients who have entered the cabinet and are no children."""
    born_before = local(clock.now()).date() - GROWN_UP
    rows = session.exec(
        select(Patient.id)
        .where(col(Patient.next_way).is_not(None), Patient.birth_date < born_before)
        .order_by(col(Patient.id))
        .limit(count)
    )
    return [patient_id or 0 for patient_id in rows]


def sign_in(session: Session, patients: Sequence[int]) -> list[str]:
    """Sign all of them in, as services.sign_in would one by one; gives the session tokens."""
    now, tokens = clock.now(), [secrets.token_urlsafe(32) for _ in patients]
    rows = [
        {
            "token_hash": fingerprint(token),
            "patient_id": patient_id,
            "ip": "127.0.0.1",
            "user_agent": "bench",
            "device_hash": "",
            "is_new_device": False,
            "factors": 2,
            "by_signature": False,
            "changes": [],
            "created_at": now,
            "seen_at": now,
            "expires_at": now + timedelta(hours=12),
        }
        for token, patient_id in zip(tokens, patients, strict=True)
    ]
    session.connection().execute(insert(WebSession), rows)
    return tokens


def tabs_of(site: Site, tokens: Sequence[str], watched: frozenset[str] = frozenset()) -> list[Tab]:
    """A tab for each of these sessions, each in a browser at an address of its own."""
    run = uuid4().hex
    return [
        Tab(
            site,
            cookie=f"zdrav29_{site.port}={token}",
            token=f"{run}-{number}",
            ip=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            watched=watched,
        )
        for number, token in enumerate(tokens)
    ]


def forget_states(redis: str, tabs: Sequence[Tab]) -> None:
    """Take away what Redis keeps of these tabs, instead of letting it expire."""
    if not (redis and tabs):
        return
    client, run = Redis.from_url(redis), tabs[0].token.partition("-")[0]
    for key in client.scan_iter(match=f"*{run}-*", count=1000):
        client.unlink(key)
