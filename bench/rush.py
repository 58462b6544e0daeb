"""«Eight o'clock»: 22,000 times become free at one moment, a thousand patients come in a minute.

Each opens the booking page of a speciality of her own clinic, chooses a time, which holds it, and
confirms; whoever was too late takes another. Nobody stops to read, so it is harder than life. Files
of the front end are not asked for: in a region nginx serves them.
"""

import asyncio
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, update
from sqlmodel import Session, col, select

from bench import tier
from bench.line import LineLost
from bench.meter import metered, p95
from bench.tab import Tab, act
from tests import servers
from zdrav29_app import clock
from zdrav29_app.db.tables import (
    Appointment,
    AppointmentStatus,
    Branch,
    Doctor,
    Patient,
    Slot,
    SlotKind,
    SlotStatus,
    Speciality,
)
from zdrav29_app.demo.times import first_moment
from zdrav29_app.errors import SlotTaken
from zdrav29_app.values import local

WORKERS, SESSIONS, WITHIN_S, FREED = 2, 1_000, 60, 22_000
LIMIT_S, ERRORS_LIMIT = 1.5, 0.001
ATTEMPTS = 8
WATCHED = frozenset(
    {"booking_state.doctors", "booking_state.chosen", "shell_state.refusal"},
)
CHOOSE, CONFIRM = act("booking_state", "choose_time"), act("booking_state", "confirm")


@dataclass
class Run:
    """Seconds of every step of all sessions, and how they ended."""

    steps: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    longest: list[float] = field(default_factory=list[float])
    ended: Counter[str] = field(default_factory=Counter[str])
    taken: int = 0
    late_s: float = 0

    @contextmanager
    def step(self, name: str, own: list[float]) -> Iterator[None]:
        """Time a step, also one that fails; `own` are those of the session."""
        begin = time.perf_counter()
        try:
            yield
        finally:
            own.append(time.perf_counter() - begin)
            self.steps[name].append(own[-1])


class Refused(Exception):
    """The cabinet refused for another reason than that somebody was faster."""


def measure(folder: Path, sessions: int = SESSIONS) -> dict[str, float]:
    """95th percentiles in seconds, errors, double bookings, and who used the cores."""
    redis = servers.redis()
    with tier.region(tier.size_for(2 * sessions), redis=redis) as engine:
        _take_all(engine)
        with Session(engine) as session, session.begin():
            wishes = _wishes(session, sessions)
            tokens = tier.sign_in(session, [patient for patient, _ in wishes])
        with tier.cabinet_of(WORKERS, folder) as (stand, site):
            tabs = tier.tabs_of(site, tokens, WATCHED)
            freed = _free(engine)
            with metered(**{"the cabinet": stand.pid_of("cabinet")}) as spent:
                run = asyncio.run(_rush(tabs, [speciality for _, speciality in wishes]))
            tier.forget_states(redis, tabs)
        return {"times freed": freed, **_figures(run), **_booked(engine, run), **spent.shares()}


async def _rush(tabs: Sequence[Tab], wishes: Sequence[str]) -> Run:
    run, begin = Run(), time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number, (tab, wish) in enumerate(zip(tabs, wishes, strict=True)):
            due = begin + number * WITHIN_S / SESSIONS
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            run.late_s = max(run.late_s, time.perf_counter() - due)
            chance = random.Random(number)  # noqa: S311  the same choices at every run
            group.create_task(_visit(run, tab, wish, chance))
    return run


async def _visit(run: Run, tab: Tab, wish: str, chance: random.Random) -> None:
    own: list[float] = []
    try:
        with run.step("open", own):
            await tab.open(f"/booking?speciality={wish}&show=1")
        run.ended[await _book(run, tab, chance, own)] += 1
    except (LineLost, TimeoutError, Refused) as error:
        run.ended[f"error: {str(error) or type(error).__name__}"] += 1
    finally:
        run.longest.append(max(own))
        tab.close()


async def _book(run: Run, tab: Tab, chance: random.Random, own: list[float]) -> str:
    for _ in range(ATTEMPTS):
        times = _times(tab)
        if not times:
            return "nothing left"
        slot_id = chance.choice(times)
        with run.step("choose", own):
            is_held = await _choose(tab, slot_id)
        if is_held:
            with run.step("confirm", own):
                is_booked = await _confirm(tab, slot_id)
            if is_booked:
                return "booked"
        run.taken += 1
    return "gave up"


def _times(tab: Tab) -> list[int]:
    doctors: list[Any] = tab.seen.get("booking_state.doctors") or []
    parts = (part for doctor in doctors for part in doctor["parts"])
    return [free["slot_id"] for part in parts for free in part["times"]]


async def _choose(tab: Tab, slot_id: int) -> bool:
    def is_held() -> bool:
        return any(one["slot_id"] == slot_id for one in tab.seen.get("booking_state.chosen") or ())

    tab.has_arrived = False
    tab.call(CHOOSE, slot_id=slot_id)
    # a refusal comes behind the arrival, which takes an older one off the page
    await tab.until(lambda: tab.has_arrived and (is_held() or _refusal(tab) != ""))
    if not is_held():
        _check_somebody_was_faster(tab)
    return is_held()


async def _confirm(tab: Tab, slot_id: int) -> bool:
    def is_booked() -> bool:
        return tab.has_arrived and tab.address.startswith("/appointments/")

    tab.call(CONFIRM, slot_id=slot_id)
    await tab.until(lambda: is_booked() or _refusal(tab) != "")
    if not is_booked():
        _check_somebody_was_faster(tab)
    return is_booked()


def _refusal(tab: Tab) -> str:
    return (tab.seen.get("shell_state.refusal") or {}).get("code", "")


def _check_somebody_was_faster(tab: Tab) -> None:
    if _refusal(tab) != SlotTaken.code:  # that one is an answer, any other an error
        raise Refused(_refusal(tab))


def _figures(run: Run) -> dict[str, float]:
    figures: dict[str, float] = {}
    for name, seconds in run.steps.items():
        figures[f"{name}, p95 s"] = p95(seconds)
    errors = sum(count for how, count in run.ended.items() if how.startswith("error"))
    share = errors / run.ended.total()
    return {
        **figures,
        "longest step of a session, median s": statistics.median(run.longest),
        "longest step of a session, p95 s": p95(run.longest),
        f"longest step of a session, p95 / limit of {LIMIT_S} s": p95(run.longest) / LIMIT_S,
        **{f"sessions: {how}": count for how, count in sorted(run.ended.items())},
        "answers that somebody was faster": run.taken,
        "errors, share of sessions": share,
        f"errors / limit of {ERRORS_LIMIT:.1%}": share / ERRORS_LIMIT,
        "latest arrival behind its time, s": run.late_s,
    }


def _booked(engine: Engine, run: Run) -> dict[str, float]:
    """What the database says of it; a visit more than was told is one whose answer was lost."""
    of_slot = (
        select(func.count().label("visits"))
        .where(Appointment.status == AppointmentStatus.BOOKED)
        .group_by(col(Appointment.slot_id))
        .subquery()
    )
    with Session(engine) as session:
        visits = session.exec(select(of_slot.c.visits)).all()
    return {
        "double bookings (limit: 0)": sum(count > 1 for count in visits),
        "visits in the database - sessions that booked": sum(visits) - run.ended["booked"],
    }


def _open_to_all() -> tuple[Any, ...]:
    """Specialities that ask for nothing: no attachment, no referral, no age or sex."""
    barriers = (
        *(Speciality.by_attachment, Speciality.by_referral),
        *(Speciality.for_children, Speciality.for_women),
    )
    return tuple(col(barrier).is_(other=False) for barrier in barriers)


def _take_all(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(Slot).values(status=SlotStatus.BUSY))
    tier.settle(engine)


def _free(engine: Engine) -> int:
    """Let the soonest times that everybody may book become free, in one statement."""
    chosen = (
        select(Slot.id)
        .join(Doctor, col(Doctor.id) == Slot.doctor_id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(Slot.kind == SlotKind.SELF, Slot.starts_at > _tomorrow(), *_open_to_all())
        .order_by(col(Slot.starts_at), col(Slot.id))
        .limit(FREED)
    )
    freed = update(Slot).where(col(Slot.id).in_(chosen)).values(status=SlotStatus.FREE)
    with engine.begin() as connection:
        return connection.execute(freed).rowcount


def _tomorrow() -> datetime:
    return first_moment(local(clock.now()).date() + timedelta(days=1))


def _wishes(session: Session, count: int) -> list[tuple[int, str]]:
    """Patients, each with a speciality that her own clinic has."""
    rows = session.exec(
        select(Patient.id, Doctor.speciality_code)
        .join(Branch, col(Branch.clinic_id) == Patient.clinic_id)
        .join(Doctor, col(Doctor.branch_id) == Branch.id)
        .join(Speciality, col(Speciality.code) == Doctor.speciality_code)
        .where(col(Patient.id).in_(tier.grown_ups(session, 2 * count)), *_open_to_all())
        .distinct()
        .order_by(col(Patient.id), col(Doctor.speciality_code))
    )
    theirs: defaultdict[int, list[str]] = defaultdict(list)
    for patient_id, speciality in rows:
        theirs[patient_id or 0].append(speciality)
    chance = random.Random(8)  # noqa: S311  the same wishes at every run
    return [(patient_id, chance.choice(one)) for patient_id, one in theirs.items()][:count]
