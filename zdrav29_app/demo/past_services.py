"""How the services of a demo fared before it began: a few troubles that a status page can show."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Announcement, Patient, ServiceSpell
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Addressee
from zdrav29_app.rules.status import HISTORY_DAYS
from zdrav29_app.values import MOSCOW, AnnouncementKind, Service

OPERATOR = 1000000114
WORKS = "СМС могут приходить с опозданием: оператор связи меняет оборудование."
WORKS_IN = timedelta(days=9)
WORKS_FROM, WORKS_TO = time(1), time(4)
# days ago, on the clock of Arkhangelsk, how long
TROUBLES: dict[Service, tuple[tuple[int, time, timedelta], ...]] = {
    Service.ESIA: ((12, time(8, 5), timedelta(minutes=40)),),
    Service.SMS: (
        (31, time(17, 20), timedelta(minutes=95)),
        (12, time(8, 10), timedelta(minutes=12)),
    ),
    Service.CABINET: ((58, time(2), timedelta(minutes=25)),),
}


def seed_services(session: Session, *, today: date) -> None:
    """Make history and works once; a stand that looked around already keeps what it saw."""
    if session.exec(select(ServiceSpell.id).limit(1)).first() is None:
        for service in Service:
            _live_through(session, service, today)
    if session.exec(select(Announcement.id).limit(1)).first() is None:
        _plan(session, today)


def operator(session: Session) -> Addressee:
    """The operator of the cast, for whom the demo controls act.

    Raises:
        NotFound: the cast is not there.
    """
    known = _operator_id(session)
    if known is None:
        raise NotFound
    return Addressee(known, known)


def _operator_id(session: Session) -> int | None:
    return session.exec(select(Patient.id).where(Patient.oid == OPERATOR)).first()


def _live_through(session: Session, service: Service, today: date) -> None:
    begin = _at(today - timedelta(days=HISTORY_DAYS - 1), time())
    for days_ago, at, lasted in TROUBLES.get(service, ()):
        broke = _at(today - timedelta(days=days_ago), at)
        _add(session, service, begin, broke, is_up=True)
        _add(session, service, broke, broke + lasted, is_up=False)
        begin = broke + lasted
    _add(session, service, begin, clock.now(), is_up=True)


def _plan(session: Session, today: date) -> None:
    known = _operator_id(session)
    if known is None:
        return
    day = today + WORKS_IN
    session.add(
        Announcement(
            kind=AnnouncementKind.WORKS,
            service=Service.SMS,
            text=WORKS,
            begins_at=_at(day, WORKS_FROM),
            ends_at=_at(day, WORKS_TO),
            actor_id=known,
        )
    )


def _add(
    session: Session, service: Service, begin: datetime, end: datetime, *, is_up: bool
) -> None:
    session.add(ServiceSpell(service=service, is_up=is_up, began_at=begin, seen_at=end))


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, MOSCOW)
