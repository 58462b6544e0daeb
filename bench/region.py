"""What measurements of booking stand on: the large region in a file, and newcomers who may book."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, select

from zdrav29_app import clock
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.engine import make_engine, transaction
from zdrav29_app.db.tables import Doctor, Slot, SlotKind, SlotStatus
from zdrav29_app.demo.people import invented_policy
from zdrav29_app.demo.seed import QA, Tier, seed
from zdrav29_app.identity import Browser, EsiaPerson, Viewer
from zdrav29_app.services import sign_in
from zdrav29_app.values import Gender, Stage, local

OPEN_TO_ALL = "surgeon"  # neither attachment nor referral stands in the way


def make_region(file: Path, *, tier: Tier = QA, today: date | None = None) -> Engine:
    """Seed a database in a file; the house takes it for its own from now on."""
    engine = make_engine(f"sqlite:///{file}")
    engine_room.engine = lambda: engine
    SQLModel.metadata.create_all(engine)
    with transaction() as session:
        seed(session, today=today or local(clock.now()).date(), tier=tier)
    return engine


def newcomers(session: Session, count: int) -> list[Viewer]:
    """People whose first entry is behind them, with policies of their own."""
    return [_newcomer(session, 2_000_000_000 + number) for number in range(count)]


def _newcomer(session: Session, oid: int) -> Viewer:
    person = EsiaPerson(
        oid=oid, trusted=True, last_name="Двинская", first_name="Анна", middle_name=None,
        birth_date=date(1988, 4, 12), gender=Gender.FEMALE, oms_number=invented_policy(oid),
        phone=f"+7900{oid % 10**7:07}", email=f"{oid}@pomor.example",
    )  # fmt: skip
    token = sign_in.open_session(session, person, Browser("127.0.0.1", "bench"))
    return replace(sign_in.viewer_for(session, token), stage=Stage.COMPLETE)


def free_times(session: Session, count: int) -> Sequence[int]:
    """Ids of free times ahead that any newcomer may book."""
    rows = session.exec(
        select(Slot.id)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .where(
            Slot.status == SlotStatus.FREE,
            Slot.kind == SlotKind.SELF,
            Slot.starts_at > clock.now(),
            Doctor.speciality_code == OPEN_TO_ALL,
        )
        .order_by(col(Slot.starts_at))
        .limit(count)
    )
    return [slot_id or 0 for slot_id in rows]
