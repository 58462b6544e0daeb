"""Tells whoever is on duty that a service changed: JSON to a webhook, tried until it is taken.

Alerts wait in memory in the order in which they were rung; nobody's request waits for them.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from zdrav29_app import clock, metrics
from zdrav29_app.errors import GatewayError
from zdrav29_app.gateways import alerts
from zdrav29_app.settings import settings
from zdrav29_app.values import Service

MOST_WAITING = 1000
FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES = 1.0, 300.0, 100

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Alert:
    """A change of one service at a moment, aware UTC."""

    service: Service
    is_up: bool
    at: datetime

    def as_json(self) -> dict[str, str]:
        """What the webhook gets; `text` is for chats that show nothing else."""
        state = "up" if self.is_up else "down"
        return {
            "service": self.service,
            "state": state,
            "at": self.at.isoformat(),
            "cabinet": settings.origin,
            "text": f"{self.service} is {state} ({settings.origin})",
        }


_waiting: asyncio.Queue[Alert] = asyncio.Queue(MOST_WAITING)


def ring(service: Service, *, is_up: bool) -> None:
    """Let somebody know, if there is anybody."""
    log.warning("service changed service=%s up=%s", service, is_up)
    if not settings.alert_url:
        return
    if _waiting.full():
        _waiting.get_nowait()
    _waiting.put_nowait(Alert(service, is_up, clock.now()))


async def run() -> None:
    """Deliver alerts until cancelled."""
    set_on_retry_hooks([_note_retry])
    while True:
        await deliver(await _waiting.get())


async def deliver(alert: Alert) -> None:
    """Send one alert, with longer and longer pauses between the tries."""
    tries = stamina.retry_context(
        on=_may_be_taken_later,
        attempts=MOST_TRIES,
        timeout=None,
        wait_initial=FIRST_PAUSE,
        wait_max=LONGEST_PAUSE,
    )
    try:
        async for attempt in tries:
            with attempt:
                await alerts.send(settings.alert_url, alert.as_json())
    except GatewayError as error:
        metrics.alerts.labels("lost").inc()
        log.error("alert lost reason=%s", error)  # noqa: TRY400  no values in logs
    else:
        metrics.alerts.labels("taken").inc()


def _may_be_taken_later(error: Exception) -> bool:
    return isinstance(error, GatewayError) and not error.permanent


def _note_retry(details: RetryDetails) -> None:
    metrics.alerts.labels("retried").inc()
    log.warning("alert not taken reason=%s", details.caused_by)
