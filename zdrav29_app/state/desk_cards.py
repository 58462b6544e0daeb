"""What stands on an operator's desk, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from zdrav29_app.services.desk import Undecided
from zdrav29_app.services.recovery import Match
from zdrav29_app.services.support_desk import Opened, Queued
from zdrav29_app.state.options import Option
from zdrav29_app.state.support import RequestCard, request_card
from zdrav29_app.texts import attachment as attachment_texts
from zdrav29_app.texts import desk as texts
from zdrav29_app.texts import formats
from zdrav29_app.texts import support as support_texts
from zdrav29_app.values import ApplicationStatus, OmsNumber, local


@dataclass(frozen=True)
class QueuedCard:
    """A request in the queue."""

    number: str
    title: str
    href: str
    open_name: str
    topic: str
    status: str
    tone: str
    who: str
    due: str
    about: str
    is_overdue: bool


@dataclass(frozen=True)
class ClaimedCard:
    """One thing that somebody says of herself, and whether it fits."""

    term: str
    value: str
    fits: str
    tone: str


@dataclass(frozen=True)
class OpenedCard:
    """A request before an operator."""

    request: RequestCard
    status: str
    tone: str
    who: str
    contact: str
    asked: str
    due: str
    is_new: bool
    is_closed: bool
    is_reachable: bool
    claimed: list[ClaimedCard]
    code: str
    verdict: str


@dataclass(frozen=True)
class DecidableCard:
    """An application before an operator."""

    number: str
    title: str
    who: str
    clinic: str
    places: str
    reason: str
    new_address: str
    due: str
    status: str
    tone: str
    outcome: str
    is_open: bool
    choices: list[Option]
    choice_id: str
    decide_name: str


def queued_card(one: Queued) -> QueuedCard:
    """A request in the queue in words."""
    status, tone = texts.STATUS_OF[one.status]
    topic = support_texts.TOPICS[one.topic]
    return QueuedCard(
        number=one.number,
        title=support_texts.number(one.number),
        href=f"/desk?{urlencode({'request': one.number})}",
        open_name=texts.open_name(one.number, topic),
        topic=topic,
        status=texts.OVERDUE if one.is_overdue else status,
        tone="danger" if one.is_overdue else tone,
        who=formats.full_name(one.who) if one.who else texts.OUTSIDE,
        due=texts.due(one.due_at, is_overdue=one.is_overdue),
        about=one.about,
        is_overdue=one.is_overdue,
    )


def opened_card(one: Opened) -> OpenedCard:
    """A request before an operator in words."""
    status, tone = texts.STATUS_OF[one.request.status]
    return OpenedCard(
        request=request_card(one.request),
        status=status,
        tone=tone,
        who=formats.full_name(one.who) if one.who else texts.OUTSIDE,
        contact=one.contact or texts.BY_SETTINGS,
        asked=formats.when(one.request.created_at),
        due=formats.when(one.request.due_at),
        is_new=one.request.status == "new",
        is_closed=one.request.status == "closed",
        is_reachable=one.is_answerable,
        claimed=_claimed(one.claimed, one.match) if one.claimed and one.match else [],
        code=(one.claimed or {}).get("code") or texts.NO_CODE,
        verdict=texts.fits(list(one.match.fits.values())) if one.match else "",
    )


def _claimed(claimed: Mapping[str, str], match: Match) -> list[ClaimedCard]:
    shown = {
        **claimed,
        "birth_date": formats.numeric_date(date.fromisoformat(claimed["birth_date"])),
        "policy": str(OmsNumber(claimed["policy"])),
    }
    return [
        ClaimedCard(
            term=words,
            value=shown[name],
            fits=texts.FITS if match.fits[name] else texts.DIFFERS,
            tone="good" if match.fits[name] else "danger",
        )
        for name, words in texts.CLAIM_FIELDS.items()
    ]


def decidable_card(one: Undecided) -> DecidableCard:
    """An application before an operator in words."""
    status, tone = attachment_texts.STATUSES[one.status]
    refused = attachment_texts.refusal(one.refusal) if one.refusal else ""
    return DecidableCard(
        number=one.number,
        title=f"Заявление №{formats.NBSP}{one.number}",
        who=formats.full_name(one.who),
        clinic=attachment_texts.goal(one.clinic, one.doctor),
        places=str(one.free_places),
        reason=attachment_texts.REASONS[one.reason],
        new_address=one.new_address,
        due=formats.when(local(one.decide_by)),
        status=status,
        tone=tone,
        outcome=refused,
        is_open=one.status is ApplicationStatus.UNDER_REVIEW,
        choices=[Option(value, words) for value, words in texts.decisions(one.refusals)],
        choice_id=f"decision-{one.number}",
        decide_name=texts.decide_name(one.number),
    )
