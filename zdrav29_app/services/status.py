"""What the status page shows: how the services are, as this process saw them last.

Everything shown lies in memory, so that the page asks the database nothing and answers while it is
away. The probing task writes what it saw into rows as soon as the database takes them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import ServiceSpell
from zdrav29_app.rules import status as rules
from zdrav29_app.rules.status import Day, Spell
from zdrav29_app.values import Service, local

WRITTEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=rules.HISTORY_DAYS + 1)


@dataclass(frozen=True)
class ServiceNow:
    """How a service is. `since` and `checked_at` are aware UTC, None before the first look."""

    service: Service
    is_up: bool
    since: datetime | None
    checked_at: datetime | None
    days: tuple[Day, ...]


_seen: dict[Service, list[Spell]] = {service: [] for service in Service}
_written: dict[Service, Spell] = {}
_forced: dict[Service, bool] = {}


def note(service: Service, *, answers: bool) -> bool:
    """Keep what was seen just now. Says whether it differs from what was known before."""
    before, now = is_up(service), clock.now()
    seen, state = _seen[service], _forced.get(service, answers)
    if seen and rules.is_continued(seen[-1], is_up=state, at=now):
        seen[-1] = Spell(state, seen[-1].began_at, now)
    else:
        seen.append(Spell(state, now, now))
    return state is not before


def is_up(service: Service) -> bool:
    """Whether it worked when it was last looked at; until the first look everything does."""
    seen = _seen[service]
    return seen[-1].is_up if seen else True


def force(service: Service, *, answers: bool | None) -> None:
    """For demos: let a service look as told, whatever it does; None lets it be itself again."""
    _forced.pop(service, None)
    if answers is not None:
        _forced[service] = answers
        note(service, answers=answers)


def forget() -> None:
    """Know nothing, as at the start of the process."""
    for seen in _seen.values():
        seen.clear()
    _written.clear()
    _forced.clear()


def board() -> tuple[ServiceNow, ...]:
    """All services, as the page shows them."""
    return tuple(_now(service) for service in Service)


def _now(service: Service) -> ServiceNow:
    seen, today = _seen[service], local(clock.now()).date()
    last = seen[-1] if seen else None
    return ServiceNow(
        service=service,
        is_up=is_up(service),
        since=last and last.began_at,
        checked_at=last and last.seen_at,
        days=rules.days(_apart(seen), today=today),
    )


def _apart(spells: Iterable[Spell]) -> list[Spell]:
    """The same spells without the time that several processes tell twice."""
    joined: list[Spell] = []
    for spell in sorted(spells, key=lambda one: (one.is_up, one.began_at)):
        last = joined[-1] if joined else None
        if last and last.is_up is spell.is_up and spell.began_at <= last.seen_at:
            joined[-1] = Spell(last.is_up, last.began_at, max(last.seen_at, spell.seen_at))
        else:
            joined.append(spell)
    return joined


def has_news() -> bool:
    """Whether something has to be written: a change at once, what lasts once in a while."""
    return any(_is_news(service, spells[-1]) for service, spells in _seen.items() if spells)


def _is_news(service: Service, spell: Spell) -> bool:
    written = _written.get(service)
    if written is None or written.began_at != spell.began_at:
        return True
    return spell.seen_at - written.seen_at >= WRITTEN_EVERY


def write(session: Session) -> dict[Service, Spell]:
    """Write what is new; gives what stands in rows once the transaction has succeeded."""
    for service, spells in _seen.items():
        written = _written.get(service)
        for spell in spells:
            if written is None or spell.began_at >= written.began_at:
                _write(session, service, spell)
    session.exec(delete(ServiceSpell).where(col(ServiceSpell.seen_at) < clock.now() - KEPT))
    return {service: spells[-1] for service, spells in _seen.items() if spells}


def _write(session: Session, service: Service, spell: Spell) -> None:
    known = session.exec(
        select(ServiceSpell).where(
            ServiceSpell.service == service, ServiceSpell.began_at == spell.began_at
        )
    ).first()
    if known:
        known.seen_at = max(known.seen_at, spell.seen_at)
        return
    session.add(
        ServiceSpell(
            service=service, is_up=spell.is_up, began_at=spell.began_at, seen_at=spell.seen_at
        )
    )


def note_written(spells: dict[Service, Spell]) -> None:
    """These stand in rows now."""
    _written.update(spells)


def load(session: Session) -> None:
    """Take the history of the rows into memory, before what this process has seen itself."""
    rows = session.exec(
        select(ServiceSpell)
        .where(col(ServiceSpell.seen_at) >= clock.now() - KEPT)
        .order_by(col(ServiceSpell.began_at))
    ).all()
    for service, seen in _seen.items():
        known = [
            Spell(row.is_up, row.began_at, row.seen_at) for row in rows if row.service is service
        ]
        begins = {spell.began_at for spell in known}
        own = [spell for spell in seen if spell.began_at not in begins]
        seen[:] = [*known, *own]
