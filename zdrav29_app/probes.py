"""Looks after the services that the status page answers for. Part of the cabinet's process.

Nothing here may need the database: what it saw is kept in memory and written when rows can be.
"""

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import anyio.to_thread
from cryptography import x509

from zdrav29_app import alarm, backup, metrics
from zdrav29_app.db.engine import in_transaction, is_ready, reading, seconds_ahead
from zdrav29_app.errors import CabinetError
from zdrav29_app.gateways.answers import answers
from zdrav29_app.services import announcements, notices, status
from zdrav29_app.settings import settings
from zdrav29_app.values import Service

EVERY_SECONDS = 15
MOST_SECONDS = 12
"""A neighbour that says nothing for so long does not work."""

log = logging.getLogger(__name__)


async def run() -> None:
    """Work until cancelled. A failure is logged and the next round begins as usual."""
    is_loaded = False
    while True:
        try:
            is_loaded = is_loaded or await _load()
            await look_around()
            await _keep()
            await anyio.to_thread.run_sync(look_at_machine)
        except Exception as error:  # noqa: BLE001  the loop must outlive whatever is away
            log.error("probing failed error=%s", type(error).__name__)  # noqa: TRY400  no values in logs
        await asyncio.sleep(EVERY_SECONDS)


async def look_around() -> None:
    """Look at every service once, all at the same time, and tell who is on duty of changes."""
    results = await asyncio.gather(*(_look(probe) for probe in _probes().values()))
    for service, works in zip(_probes(), results, strict=True):
        if status.note(service, answers=works):
            alarm.ring(service, is_up=status.is_up(service))
        metrics.service_up.labels(service).set(status.is_up(service))


def look_at_machine() -> None:
    """Note what runs out or grows old here: disk, newest backup, certificates of signing in."""
    if settings.data_dir.is_dir():  # with all data elsewhere there is none
        disk = shutil.disk_usage(settings.data_dir)
        metrics.disk_free.set(disk.free / disk.total)
    metrics.backup_made.set(backup.newest_at())
    files = {"client": settings.client_certificate_file, "esia": settings.esia_certificate_file}
    for name, file in files.items():
        metrics.certificate_ends.labels(name).set(_ends_at(file))


def _ends_at(file: Path) -> float:
    try:
        certificate = x509.load_pem_x509_certificate(file.read_bytes())
    except (OSError, ValueError):  # the alert that hangs on it says what to do
        return 0
    return certificate.not_valid_after_utc.timestamp()


async def _look(probe: Callable[[], Awaitable[bool]]) -> bool:
    try:
        async with asyncio.timeout(MOST_SECONDS):
            return await probe()
    except TimeoutError:
        return False


def _probes() -> dict[Service, Callable[[], Awaitable[bool]]]:
    phone = f"{settings.esia_url}/_sim/messages"
    return {
        Service.CABINET: _cabinet_works,
        Service.DATABASE: is_ready,
        Service.ESIA: lambda: answers(settings.esia_url),
        Service.SMS: lambda: answers(settings.sms_url or phone),
        Service.MAIL: lambda: answers(settings.smtp_url or phone),
    }


async def _cabinet_works() -> bool:
    return not metrics.fails_often()


async def _load() -> bool:
    """Take the history into memory; says whether the database gave it."""
    try:
        await reading(status.load)
    except CabinetError:
        return False
    return True


async def _keep() -> None:
    """Write what was seen, and read what others announced, as far as the database answers."""
    if not status.is_up(Service.DATABASE):
        return
    if status.has_news():
        status.note_written(await in_transaction(status.write))
    await reading(announcements.load)
    waiting = await reading(notices.waiting)
    metrics.outbox_length.set(waiting.count)
    metrics.outbox_age.set(waiting.seconds)
    metrics.clock_ahead.set(await reading(seconds_ahead))
