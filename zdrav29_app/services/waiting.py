"""The waiting list as its patient sees it (лист ожидания): joining, looking, leaving."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Action,
    Branch,
    Clinic,
    Doctor,
    Hold,
    HoldPurpose,
    Slot,
    SlotKind,
    Speciality,
    WaitingEntry,
    WaitingStatus,
    WaitingStep,
)
from zdrav29_app.errors import AlreadyWaiting, HoldEnded, NotFound
from zdrav29_app.identity import Viewer
from zdrav29_app.rules import waiting as rules
from zdrav29_app.rules.booking import may_ever_fit
from zdrav29_app.rules.decision import decide
from zdrav29_app.rules.waiting import Term, Wish
from zdrav29_app.services import audit, booking, decisions, offers, patients, queue, times
from zdrav29_app.services.patients import name_of
from zdrav29_app.services.times import DoctorTime
from zdrav29_app.values import MOSCOW, FullName, local

SHOWN_AFTER = timedelta(days=14)
__all__ = ["Choices", "Happened", "Offered", "Waiting", "Wish"]


@dataclass(frozen=True)
class Happened:
    """One step of a place in the list. `at` is aware UTC, `facts` are what its words need."""

    kind: str
    facts: dict[str, str]
    at: datetime


@dataclass(frozen=True)
class Offered:
    """A time that is held for a place until then (aware UTC)."""

    time: DoctorTime
    until: datetime


@dataclass(frozen=True)
class Waiting:
    """A place in the list. `ahead` counts who waits before for the same; `events` latest first."""

    id: int
    status: WaitingStatus
    speciality: str
    clinic: str
    branch: str
    doctor: FullName | None
    wish: Wish
    ahead: int
    ignored: int
    offer: Offered | None
    events: tuple[Happened, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits."""
        return self.status is WaitingStatus.WAITING

    @property
    def is_last_chance(self) -> bool:
        """Whether one more offer without an answer ends it."""
        return self.ignored + 1 >= rules.MOST_IGNORED


@dataclass(frozen=True)
class Choices:
    """What one can wait for, as pairs of a value and words; a branch has its clinic as third."""

    specialities: tuple[tuple[str, str], ...]
    branches: tuple[tuple[int, str, str], ...]
    branch_id: int | None
    doctors: tuple[tuple[int, FullName], ...]


def join(
    session: Session, viewer: Viewer, branch_id: int, speciality_code: str, wish: Wish
) -> None:
    """Take a place at the end of the list.

    Raises:
        NotFound: nobody of this speciality, or not this doctor, receives there.
        BookingRefused: she could not book there; the subclass says why.
        AlreadyWaiting: she waits for this there already.
        ValueError: the period or the hours make no sense.
    """
    patients.take_turn(session, viewer.patient_id)
    rules.check_wish(wish, today=local(clock.now()).date())
    doctor = _doctor(session, branch_id, speciality_code, wish.doctor_id)
    _check_may_wait(session, viewer, doctor, wish)
    if any(
        one.patient_id == viewer.patient_id
        for one in queue.standing(session, branch_id, speciality_code)
    ):
        raise AlreadyWaiting
    entry = WaitingEntry(
        patient_id=viewer.patient_id,
        branch_id=branch_id,
        speciality_code=speciality_code,
        doctor_id=wish.doctor_id,
        first_day=wish.first_day,
        last_day=wish.last_day,
        from_minute=wish.from_minute,
        to_minute=wish.to_minute,
        joined_at=clock.now(),
    )
    session.add(entry)
    session.flush()
    queue.note(session, entry, WaitingStep.JOINED)
    audit.record(session, viewer, Action.WAITING_JOINED, f"waiting_entry:{entry.id}")


def leave(session: Session, viewer: Viewer, entry_id: int) -> None:
    """Give a place up; doing so twice is the same.

    Raises:
        NotFound: the viewer has no such place.
    """
    entry = queue.own(session, viewer, entry_id)
    if offers.stop(session, entry, WaitingStatus.LEFT):
        audit.record(session, viewer, Action.WAITING_LEFT, f"waiting_entry:{entry.id}")


def offered_slot(session: Session, viewer: Viewer, entry_id: int) -> int:
    """The time that is offered to a place of the viewer now.

    Raises:
        NotFound: the viewer has no such place.
        HoldEnded: nothing is.
    """
    hold = offers.offer_to(session, queue.own(session, viewer, entry_id))
    if hold is None:
        raise HoldEnded
    return hold.slot_id


def mine(session: Session, viewer: Viewer) -> list[Waiting]:
    """The viewer's places: those that wait, then those that ended lately."""
    rows = session.exec(
        select(WaitingEntry, Speciality, Branch, Clinic)
        .join(Speciality, col(Speciality.code) == WaitingEntry.speciality_code)
        .join(Branch, col(Branch.id) == WaitingEntry.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(WaitingEntry.patient_id == viewer.patient_id)
        .order_by(col(WaitingEntry.id).desc())
    )
    found = [_waiting(session, *row) for row in rows]
    since = clock.now() - SHOWN_AFTER
    ended = [one for one in found if not one.is_waiting and one.events[0].at > since]
    return [*(one for one in found if one.is_waiting), *ended]


def offered_now(session: Session, viewer: Viewer) -> list[Offered]:
    """What is offered to the viewer at this moment."""
    rows = session.exec(
        select(Hold).where(
            Hold.patient_id == viewer.patient_id,
            Hold.purpose == HoldPurpose.OFFER,
            Hold.until > clock.now(),
        )
    )
    return [Offered(times.time_of(session, one.slot_id), one.until) for one in rows]


def choices(
    session: Session, viewer: Viewer, speciality_code: str, branch_id: int | None
) -> Choices:
    """What the viewer can wait for; her own clinic's branch when she asked for none."""
    patient, now = booking.patient_of(session, viewer), clock.now()
    every = session.exec(select(Speciality).order_by(Speciality.name))
    fitting = [one for one in every if may_ever_fit(patient, one, now=now)]
    rows = session.exec(
        select(Doctor, Branch, Clinic)
        .join(Branch, col(Branch.id) == Doctor.branch_id)
        .join(Clinic, col(Clinic.id) == Branch.clinic_id)
        .where(Doctor.speciality_code == speciality_code)
        .order_by(col(Branch.clinic_id) != patient.clinic_id, col(Branch.id), col(Doctor.id))
    ).all()
    branches = {branch.id or 0: (branch.name, clinic.name) for _, branch, clinic in rows}
    chosen = branch_id if branch_id in branches else next(iter(branches), None)
    return Choices(
        specialities=tuple((one.code, one.name) for one in fitting),
        branches=tuple((key, *names) for key, names in branches.items()),
        branch_id=chosen,
        doctors=tuple((one.id or 0, name_of(one)) for one, at, _ in rows if at.id == chosen),
    )


def promises() -> list[Term]:
    """What is said beforehand of how the list works, in its order."""
    return list(rules.terms().values())


def longest_period(today: date) -> tuple[date, date]:
    """The first and the last day one may wait for, counted from a local day."""
    return today, rules.last_day(today)


def _doctor(
    session: Session, branch_id: int, speciality_code: str, doctor_id: int | None
) -> Doctor:
    rows = select(Doctor).where(
        Doctor.branch_id == branch_id, Doctor.speciality_code == speciality_code
    )
    if doctor_id:
        rows = rows.where(Doctor.id == doctor_id)
    found = session.exec(rows).first()
    if found is None:
        raise NotFound
    return found


def _check_may_wait(session: Session, viewer: Viewer, doctor: Doctor, wish: Wish) -> None:
    """Refuse whom no time of the period could be given; who turns 18 in it fits at one end."""
    refusals = [
        decide(facts).lasting_refusal
        for facts in (
            decisions.facts_of(session, viewer, *_imagined(session, doctor, wish, day))
            for day in (wish.first_day, wish.last_day)
        )
    ]
    if all(refusals) and refusals[0]:
        raise refusals[0]


def _imagined(
    session: Session, doctor: Doctor, wish: Wish, day: date
) -> tuple[Slot, Speciality, int]:
    """A time of the doctor as it could come up on a day."""
    speciality = session.get_one(Speciality, doctor.speciality_code)
    begin = datetime.combine(day, datetime.min.time(), MOSCOW)
    starts_at = begin + timedelta(minutes=wish.from_minute)
    slot = Slot(
        doctor_id=doctor.id or 0,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=speciality.slot_minutes),
        kind=SlotKind.REFERRAL if speciality.by_referral else SlotKind.SELF,
    )
    return slot, speciality, session.get_one(Branch, doctor.branch_id).clinic_id


def _waiting(
    session: Session, entry: WaitingEntry, speciality: Speciality, branch: Branch, clinic: Clinic
) -> Waiting:
    doctor = session.get(Doctor, entry.doctor_id) if entry.doctor_id else None
    hold = offers.offer_to(session, entry)
    return Waiting(
        id=entry.id or 0,
        status=entry.status,
        speciality=speciality.name,
        clinic=clinic.name,
        branch=branch.name,
        doctor=name_of(doctor) if doctor else None,
        wish=rules.wish_of(entry),
        ahead=queue.ahead_of(session, entry),
        ignored=entry.ignored,
        offer=Offered(times.time_of(session, hold.slot_id), hold.until) if hold else None,
        events=tuple(
            Happened(one.kind, one.facts, one.at) for one in queue.events_of(session, entry)
        ),
    )
