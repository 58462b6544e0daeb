"""What comes first of the doctors that were found."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from math import inf

from sqlmodel import Session

from zdrav29_app.db.tables import Clinic, Patient
from zdrav29_app.rules.distances import road_km
from zdrav29_app.services.free_times import Receiving


class Order(StrEnum):
    """What comes first of what was found; far away is counted from the patient's own clinic."""

    NEAREST = "nearest"
    DISTANCE = "distance"
    NAME = "name"


def distances(session: Session, patient: Patient, districts: Sequence[str]) -> dict[str, int]:
    """Road kilometres from the district of the patient's clinic; none when she has no clinic."""
    own = session.get(Clinic, patient.clinic_id) if patient.clinic_id else None
    known = {district: road_km(own.district, district) for district in districts} if own else {}
    return {district: km for district, km in known.items() if km is not None}


def in_order(
    receiving: Iterable[Receiving], order: Order, distances_km: Mapping[str, int]
) -> list[Receiving]:
    """Doctors in the order asked for; among equals the soonest first."""
    soonest = sorted(receiving, key=lambda one: (one.nearest, one.branch, one.name.last))
    if order is Order.DISTANCE:
        return sorted(soonest, key=lambda one: distances_km.get(one.district, inf))
    if order is Order.NAME:
        return sorted(
            soonest, key=lambda one: (one.name.last.lower().replace("ё", "е"), one.name.first)
        )
    return soonest
