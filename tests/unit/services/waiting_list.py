"""A waiting list for tests: people who join it, and times that become free."""

from dataclasses import replace

from sqlmodel import Session, select

from tests.conftest import BORIS
from zdrav29_app.db.tables import Doctor, Notice, NoticeKind, Patient, Slot, SlotStatus
from zdrav29_app.demo import people
from zdrav29_app.identity import Viewer
from zdrav29_app.services import offers, waiting
from zdrav29_app.services.waiting import Waiting, Wish


def join(session: Session, viewer: Viewer, doctor: Doctor, wish: Wish) -> Waiting:
    person = session.get_one(Patient, viewer.actor_id)
    enter(session, person)
    waiting.join(session, viewer, doctor.branch_id, doctor.speciality_code, wish)
    return waiting.mine(session, viewer)[0]


def enter(session: Session, person: Patient) -> None:
    """Her first entry is behind her, as the worker will want to know."""
    known = replace(
        BORIS,
        oid=person.oid,
        **{name: getattr(person, name) for name in ("last_name", "birth_date", "gender", "phone")},
    )
    kept = {name: getattr(person, name) for name in ("email", "first_name", "middle_name")}
    people.enter(session, replace(known, **kept, oms_number=person.oms_number))


def free_up(session: Session, slot: Slot) -> None:
    slot.status = SlotStatus.FREE
    session.add(slot)
    session.flush()
    offers.offer_first(session, slot.id or 0)


def steps(session: Session, viewer: Viewer) -> list[str]:
    """What happened to her only place, the first step first."""
    return [step.kind for step in reversed(waiting.mine(session, viewer)[0].events)]


def status_of(session: Session, slot: Slot) -> SlotStatus:
    session.refresh(slot)
    return slot.status


def told_of(session: Session, kind: NoticeKind) -> list[Notice]:
    return list(session.exec(select(Notice).where(Notice.kind == kind)))
