"""What operators announce on every page: outages, and planned works.

Pages read it from memory; whoever changes rows calls `load` afterwards, and the probing task does
so once in a while, for what other processes announced.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Action, Announcement
from zdrav29_app.errors import BadInput, NotFound
from zdrav29_app.identity import Actor
from zdrav29_app.services import audit
from zdrav29_app.values import AnnouncementKind, Service

LONGEST_TEXT = 300
KNOWN_BEFORE = timedelta(days=1)
"""Planned works stand on every page so long before they begin; on the status page always."""


@dataclass(frozen=True)
class Announced:
    """One announcement. Moments are aware UTC; `ends_at` None means that nobody knows."""

    id: int
    kind: AnnouncementKind
    service: Service | None
    text: str
    begins_at: datetime
    ends_at: datetime | None


_known: tuple[Announced, ...] = ()


def announce_outage(
    session: Session,
    viewer: Actor,
    *,
    text: str,
    service: Service | None = None,
    ends_at: datetime | None = None,
) -> int:
    """Announce that something does not work, from now on; gives the id.

    Raises:
        BadInput: no text, too much of it, or an end in the past.
    """
    now = clock.now()
    made = Announcement(
        kind=AnnouncementKind.OUTAGE,
        service=service,
        text=_checked(text),
        begins_at=now,
        ends_at=_after(now, ends_at),
        actor_id=viewer.actor_id,
    )
    return _save(session, viewer, made)


def plan_works(
    session: Session,
    viewer: Actor,
    *,
    text: str,
    begins_at: datetime,
    ends_at: datetime,
    service: Service | None = None,
) -> int:
    """Announce works between two moments; gives the id.

    Raises:
        BadInput: no text, too much of it, or works that end before they begin or before now.
    """
    made = Announcement(
        kind=AnnouncementKind.WORKS,
        service=service,
        text=_checked(text),
        begins_at=begins_at,
        ends_at=_after(max(begins_at, clock.now()), ends_at),
        actor_id=viewer.actor_id,
    )
    return _save(session, viewer, made)


def end(session: Session, viewer: Actor, announcement_id: int) -> None:
    """Take an announcement away.

    Raises:
        NotFound: there is none of this id, or it was taken away before.
    """
    row = session.get(Announcement, announcement_id)
    if row is None or row.closed_at:
        raise NotFound
    row.closed_at = clock.now()
    audit.record(session, viewer, Action.ANNOUNCEMENT_ENDED, f"announcement:{row.id}")


def listed(session: Session) -> list[Announced]:
    """What is announced now or for later, in the order of its beginning."""
    rows = session.exec(
        select(Announcement)
        .where(
            col(Announcement.closed_at).is_(None),
            or_(col(Announcement.ends_at).is_(None), col(Announcement.ends_at) > clock.now()),
        )
        .order_by(col(Announcement.begins_at), col(Announcement.id))
    ).all()
    return [
        Announced(row.id or 0, row.kind, row.service, row.text, row.begins_at, row.ends_at)
        for row in rows
    ]


def load(session: Session) -> None:
    """Take what is announced into memory."""
    global _known  # noqa: PLW0603  what all pages of this process show
    _known = tuple(listed(session))


def current() -> tuple[Announced, ...]:
    """What every page shows now: outages, and works that go on or begin within a day."""
    now = clock.now()
    return tuple(one for one in _going(now) if one.begins_at - KNOWN_BEFORE <= now)


def works() -> tuple[Announced, ...]:
    """All planned works that are not over, the nearest first."""
    return tuple(one for one in _going(clock.now()) if one.kind is AnnouncementKind.WORKS)


def _going(now: datetime) -> list[Announced]:
    return [one for one in _known if one.ends_at is None or now < one.ends_at]


def _checked(text: str) -> str:
    words = " ".join(text.split())
    if not 0 < len(words) <= LONGEST_TEXT:
        raise BadInput
    return words


def _after(begin: datetime, end_: datetime | None) -> datetime | None:
    if end_ is not None and end_ <= begin:
        raise BadInput
    return end_


def _save(session: Session, viewer: Actor, made: Announcement) -> int:
    session.add(made)
    session.flush()
    audit.record(session, viewer, Action.ANNOUNCED, f"announcement:{made.id}")
    return made.id or 0
