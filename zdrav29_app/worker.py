"""The worker: notices, holds, offers, applications: what happens by the clock alone.

Every turn first reads whether there is anything to do, so that an idle worker never queues among
the writers.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import count

from zdrav29_app import spans, tracing
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.db.tables import NoticeKind
from zdrav29_app.demo import certificates, together
from zdrav29_app.errors import GatewayError
from zdrav29_app.gateways import mail, sms
from zdrav29_app.services import application_steps, notices, offers, visit_links
from zdrav29_app.services.notices import DueNotice
from zdrav29_app.settings import settings
from zdrav29_app.spans import Kind
from zdrav29_app.texts.notices import words_for
from zdrav29_app.values import Channel

POLL_SECONDS = 0.5
ROUNDS_TO_OFFER = 60  # what is free changes by acts; by the clock alone only in the morning

log = logging.getLogger(__name__)


async def run() -> None:
    """Work until cancelled. A failure is logged and the next round begins as usual."""
    for number in count():
        await _try(send_due)
        await _try(end_over)
        await _try(settle_due)
        if settings.is_demo:
            await _try(certificates.work)
        if number % ROUNDS_TO_OFFER == 0:
            await _try(offer_free)
        await asyncio.sleep(POLL_SECONDS)


async def _try(turn: Callable[[], Awaitable[None]]) -> None:
    try:
        await turn()
    except Exception as error:  # noqa: BLE001  the loop must outlive a database that is away
        log.error("%s failed error=%s", turn.__name__, type(error).__name__)  # noqa: TRY400  no values in logs


async def send_due() -> None:
    """Send what is due now."""
    if not await reading(notices.is_any_due):
        return
    for notice in await in_transaction(notices.claim_due):
        # a task of its own, so that its ids end with it
        await asyncio.create_task(_deliver(notice))


async def end_over() -> None:
    """End the holds and waiting periods whose time is over."""
    if await reading(offers.is_any_over):
        await in_transaction(offers.end_over)


async def settle_due() -> None:
    """Let applications to change the clinic go on whose moment has come."""
    if await reading(application_steps.is_any_due):
        await in_transaction(application_steps.settle)


async def offer_free() -> None:
    """Offer free times to whom nobody could offer them when they became free."""
    if await reading(offers.is_anybody_open):
        await in_transaction(offers.offer_free)


async def _deliver(notice: DueNotice) -> None:
    tracing.begin()
    told = spans.begin(f"notice {notice.channel}", {"kind": notice.kind}, kind=Kind.CONSUMER)
    reason = "cancelled"
    try:
        reason = await _try_to_send(notice)
    finally:
        spans.end(told, {"outcome": reason or "sent"}, failed=bool(reason))


async def _try_to_send(notice: DueNotice) -> str:
    """Send it and note how that went; gives the reason why not, or nothing."""
    try:
        await _send(notice)
    except GatewayError as error:
        log.warning("notice id=%s not sent reason=%s", notice.id, error)
        await in_transaction(
            notices.mark_failed, notice.id, permanent=error.permanent, again_in=error.seconds
        )
        return "not taken"
    await in_transaction(notices.mark_sent, notice.id)
    return ""


async def _send(notice: DueNotice) -> None:
    if settings.is_demo and (met := await together.meet(notice.channel)):
        if met.drop:
            return
        raise GatewayError("expected", permanent=False, seconds=met.delay)
    if notice.channel is Channel.CABINET:  # a reminder whose time has come: now it stands there
        return
    words = words_for(notice.kind, notice.channel, await _facts(notice))
    phone = f"{settings.esia_url}/_sim/messages"
    if notice.channel is Channel.SMS:
        await sms.send(
            settings.sms_url or phone,
            to=notice.address,
            text=words.text,
            key="" if settings.sms_url else settings.demo_key,
        )
        return
    await mail.send(
        settings.smtp_url or phone,
        sender=settings.mail_from,
        to=notice.address,
        subject=words.subject,
        text=words.text,
        key="" if settings.smtp_url else settings.demo_key,
    )


async def _facts(notice: DueNotice) -> dict[str, str]:
    """What the words need; the links of a reminder are made as it leaves and kept nowhere."""
    if notice.kind is not NoticeKind.REMINDER or notice.channel is not Channel.EMAIL:
        return notice.facts
    tokens = await in_transaction(visit_links.mint, notice.facts["number"])
    links = {act: f"{settings.origin}/visit/{act}/{token}" for act, token in tokens.items()}
    return {**notice.facts, **{f"{act}_url": url for act, url in links.items()}}
