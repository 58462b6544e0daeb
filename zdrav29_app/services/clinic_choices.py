"""The clinics a patient may choose from: for her age, by distance, with what is free."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select as columns_of
from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import Branch, Clinic, ClinicKind, Patient
from zdrav29_app.errors import NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import attachment as rules
from zdrav29_app.rules import words
from zdrav29_app.rules.distances import road_km
from zdrav29_app.rules.maps import Point
from zdrav29_app.values import local

FARTHEST = 10**6  # where no distance is known


class Spot(NamedTuple):
    """A branch of a clinic; `point` is None where nobody wrote it down."""

    name: str
    address: str
    point: Point | None


@dataclass(frozen=True)
class Choice:
    """A clinic that may take the patient; `distance_km` by road from the district of her own."""

    clinic_id: int
    name: str
    district: str
    spots: tuple[Spot, ...]
    free_places: int
    distance_km: int | None
    is_own: bool

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where its branches are."""
        return tuple(spot.address for spot in self.spots)

    @property
    def is_placed(self) -> bool:
        """Whether a map can show it."""
        return any(spot.point for spot in self.spots)


def choices(session: Session, viewer: Viewer, text: str = "", district: str = "") -> list[Choice]:
    """Clinics of primary care for the patient's age: her own first, then by distance and name.

    `text` narrows them: each of its words begins a word of the name, the district or an address.
    """
    patient = session.get_one(Patient, viewer.patient_id)
    kinds = rules.primary_care_for(patient.birth_date, _today())
    own = session.get(Clinic, patient.clinic_id) if patient.clinic_id else None
    wanted = words.words_of(text)
    found = [
        one
        for one in _offered(session, kinds, own)
        if (not district or one.district == district)
        and all(words.is_known(word, _known(one)) for word in wanted)
    ]
    return sorted(found, key=_order)


def choice(session: Session, viewer: Viewer, clinic_id: int) -> Choice:
    """One of the clinics the patient may choose.

    Raises:
        NotFound: it is none of them.
    """
    found = next((one for one in choices(session, viewer) if one.clinic_id == clinic_id), None)
    if found is None:
        raise NotFound
    return found


def districts(session: Session, viewer: Viewer) -> tuple[str, ...]:
    """The districts in which there is anything to choose, her own first, then by distance."""
    patient = session.get_one(Patient, viewer.patient_id)
    kinds = rules.primary_care_for(patient.birth_date, _today())
    own = session.get(Clinic, patient.clinic_id) if patient.clinic_id else None
    rows = session.exec(select(Clinic.district).where(col(Clinic.kind).in_(kinds)).distinct())
    far = _Distances(own)
    return tuple(sorted(rows, key=lambda one: (_far(far[one]), one)))


def _offered(session: Session, kinds: frozenset[ClinicKind], own: Clinic | None) -> list[Choice]:
    spots = _spots(session, kinds)
    # columns instead of whole rows: half the time of a region of five hundred places
    rows: Any = session.exec(
        select(Clinic.id, Clinic.name, Clinic.district, Clinic.free_places).where(
            col(Clinic.kind).in_(kinds)
        )
    )
    far = _Distances(own)
    return [
        Choice(
            clinic_id=clinic_id,
            name=name,
            district=district,
            spots=tuple(spots[clinic_id]),
            free_places=free_places,
            distance_km=far[district],
            is_own=own is not None and clinic_id == own.id,
        )
        for clinic_id, name, district, free_places in rows.all()
    ]


class _Distances(dict[str, int | None]):
    """Kilometres from the district of a clinic, each looked up once."""

    def __init__(self, own: Clinic | None) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, district: str) -> int | None:
        self[district] = road_km(self._own.district, district) if self._own else None
        return self[district]


def _spots(session: Session, kinds: frozenset[ClinicKind]) -> defaultdict[int, list[Spot]]:
    rows = session.connection().execute(
        columns_of(
            col(Branch.clinic_id),
            col(Branch.name),
            col(Branch.address),
            col(Branch.latitude),
            col(Branch.longitude),
        )
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(col(Clinic.kind).in_(kinds))
        .order_by(col(Branch.id))
    )
    found: defaultdict[int, list[Spot]] = defaultdict(list)
    for clinic_id, name, address, latitude, longitude in rows.all():
        point = None if latitude is None or longitude is None else Point(latitude, longitude)
        found[clinic_id].append(Spot(name, address, point))
    return found


def _known(one: Choice) -> frozenset[str]:
    return words.known_words((one.name, one.district, *one.addresses))


def _order(one: Choice) -> tuple[bool, int, str, str]:
    return not one.is_own, _far(one.distance_km), one.district, one.name


def _far(distance_km: int | None) -> int:
    return FARTHEST if distance_km is None else distance_km


def _today() -> date:
    return local(clock.now()).date()
