"""Whether times that people look at are still free, and who was faster."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Appointment, AppointmentStatus, Hold, Slot, SlotStatus
from zdrav29_app.identity import Viewer

AT_ONCE = 10_000
"""Values in one query; SQLite takes three times as many."""


def not_free(session: Session, slot_ids: Iterable[int]) -> frozenset[int]:
    """Those of these times that somebody has taken or holds."""
    ids, gone = list(slot_ids), set[int]()
    for begin in range(0, len(ids), AT_ONCE):
        rows = session.exec(
            select(Slot.id).where(
                col(Slot.id).in_(ids[begin : begin + AT_ONCE]), Slot.status != SlotStatus.FREE
            )
        )
        gone.update(slot_id or 0 for slot_id in rows)
    return frozenset(gone)


def taken_by_others(
    session: Session, viewer: Viewer, slot_ids: Iterable[int]
) -> tuple[datetime, ...]:
    """When those of these times begin that somebody else was faster to take (aware UTC)."""
    held = select(Hold.slot_id).where(Hold.patient_id == viewer.patient_id)
    booked = select(Appointment.slot_id).where(
        Appointment.patient_id == viewer.patient_id,
        Appointment.status == AppointmentStatus.BOOKED,
    )
    rows = session.exec(
        select(Slot.starts_at)
        .where(
            col(Slot.id).in_(list(slot_ids)),
            Slot.status != SlotStatus.FREE,
            Slot.starts_at > clock.now(),
            col(Slot.id).not_in(held),
            col(Slot.id).not_in(booked),
        )
        .order_by(col(Slot.starts_at))
    )
    return tuple(rows)
