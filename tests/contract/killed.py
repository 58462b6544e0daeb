"""`python -m tests.contract.killed <folder> <act>`: an act that is killed at every point.

For every n a copy of a database is made, and a child dies in the middle of the act: before a
statement that writes, before the commit, after it. What it leaves is `<act>-<n>.sqlite`; the last
one was not killed. Forking wants a process without threads, therefore a program.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, event
from sqlmodel import Session, SQLModel

from tests.booking_world import World
from tests.conftest import TODAY, Town, at
from zdrav29_app import clock
from zdrav29_app.db import engine as engine_room
from zdrav29_app.db.engine import transaction
from zdrav29_app.db.tables import Clinic, Doctor, Slot
from zdrav29_app.rules.attachment import ACTIVE_AFTER
from zdrav29_app.rules.waiting import OFFER_FOR, Wish
from zdrav29_app.services import (
    application_steps,
    applications,
    clinic_desk,
    offers,
    replacements,
    waiting,
)
from zdrav29_app.values import AttachmentReason, local

WHO, WAITS, WAITS_TOO = "anna", "vera", "klava"
Act = Callable[[], object]


def main(folder: Path, name: str) -> None:
    """Leave one database for every point of an act."""
    clock.freeze()
    clock.advance(at(TODAY, 9) - clock.now())
    before = folder / f"{name}.sqlite"
    ready = ACTS[name](_world(before))
    engine_room.engine().dispose()
    for point in count(1):
        after = folder / f"{name}-{point:03}.sqlite"
        shutil.copyfile(before, after)
        if not _is_killed(ready, after, point):
            break


def book(world: World) -> Act:
    """Book a time that is held."""
    world.hold(WHO, world.slots[0])
    return lambda: world.book(WHO, world.slots[0])


def move(world: World) -> Act:
    """Move a visit to a time that is held for it."""
    number = _booked(world)
    world.hold(WHO, world.slots[1], moving=number)
    return lambda: world.move(WHO, number, world.slots[1])


def cancel(world: World) -> Act:
    """Cancel a visit."""
    number = _booked(world)
    return lambda: world.cancel(WHO, number)


def hold(world: World) -> Act:
    """Choose another time: the one before is given back."""
    world.hold(WHO, world.slots[1])
    return lambda: world.hold(WHO, world.slots[0])


def extend(world: World) -> Act:
    """Hold a time for longer."""
    world.hold(WHO, world.slots[0])
    return lambda: world.extend(WHO, world.slots[0])


def call_off(world: World) -> Act:
    """Call a visit off for its clinic; other times are held instead."""
    number = _booked(world)
    return _transaction(lambda session: clinic_desk.call_off(session, number, "Врач заболел"))


def wait(world: World) -> Act:
    """Take a place in the waiting list."""
    return lambda: _join(world, WAITS)


def offer(world: World) -> Act:
    """Cancel a visit that somebody waits for: she is offered its time."""
    number = _booked(world)
    _join(world, WAITS)
    return lambda: world.cancel(WHO, number)


def let_pass(world: World) -> Act:
    """End an offer that nobody has answered; the next in the list is offered the time."""
    number = _booked(world)
    for who in (WAITS, WAITS_TOO):
        _join(world, who)
    world.cancel(WHO, number)
    clock.advance(OFFER_FOR)
    return _transaction(offers.end_over)


def accept(world: World) -> Act:
    """Book what is offered: the place waits no longer."""
    number = _booked(world)
    _join(world, WAITS)
    world.cancel(WHO, number)
    return lambda: world.book(WAITS, world.slots[0])


def decline(world: World) -> Act:
    """Say no to what is offered: the next in the list is offered it."""
    number = _booked(world)
    entry_id = _join(world, WAITS)
    _join(world, WAITS_TOO)
    world.cancel(WHO, number)
    return _transaction(lambda session: offers.decline(session, world.viewers[WAITS], entry_id))


def leave(world: World) -> Act:
    """Give a place in the waiting list up while its time is offered."""
    number = _booked(world)
    entry_id = _join(world, WAITS)
    world.cancel(WHO, number)
    return _transaction(lambda session: waiting.leave(session, world.viewers[WAITS], entry_id))


def refuse(world: World) -> Act:
    """Say no to the times that are held instead of a visit that was called off."""
    number = _booked(world)
    with transaction() as session:
        clinic_desk.call_off(session, number, "Врач заболел")
    return _transaction(lambda session: replacements.refuse(session, world.viewers[WHO], number))


def ask(world: World) -> Act:
    """Ask to be attached to another clinic."""
    clinic_id = _clinic()
    return _transaction(lambda session: _apply(session, world, clinic_id))


def settle(world: World) -> Act:
    """Let the application come into force: the patient moves, a visit is called off."""
    clinic_id, number = _clinic(), _booked(world)
    with transaction() as session:
        asked = _apply(session, world, clinic_id, number)
        application_steps.decide(session, asked, None)
    clock.advance(ACTIVE_AFTER)
    return _transaction(application_steps.settle)


ACTS = {
    act.__name__: act
    for act in (
        book,
        move,
        cancel,
        hold,
        extend,
        call_off,
        wait,
        offer,
        let_pass,
        accept,
        decline,
        leave,
        refuse,
        ask,
        settle,
    )
}


def _booked(world: World) -> str:
    world.book(WHO, world.slots[0])
    [number] = world.visits
    return number


def _transaction(act: Callable[[Session], object]) -> Act:
    def in_transaction() -> None:
        with transaction() as session:
            act(session)

    return in_transaction


def _join(world: World, who: str) -> int:
    today = local(clock.now()).date()
    wish = Wish(today, today + timedelta(days=2), 0, 24 * 60)
    with transaction() as session:
        slot = session.get_one(Slot, world.slots[0])
        doctor = session.get_one(Doctor, slot.doctor_id)
        viewer = world.viewers[who]
        waiting.join(session, viewer, doctor.branch_id, doctor.speciality_code, wish)
        [place] = waiting.mine(session, viewer)
        return place.id


def _clinic() -> int:
    with transaction() as session:
        branch = Town(session).branch()
        session.get_one(Clinic, branch.clinic_id).free_places = 1
        return branch.clinic_id


def _apply(session: Session, world: World, clinic_id: int, *cancels: str) -> str:
    wanted = applications.Wanted(clinic_id, AttachmentReason.NEARER, cancels=cancels)
    return applications.apply(session, world.viewers[WHO], wanted)


def _world(file: Path) -> World:
    _use(file)
    SQLModel.metadata.create_all(engine_room.engine())
    return World(TODAY)


def _use(file: Path) -> Engine:
    engine = engine_room.make_engine(f"sqlite:///{file}")
    engine_room.engine = lambda: engine
    return engine


def _is_killed(act: Act, file: Path, point: int) -> bool:
    child = os.fork()
    if not child:
        _kill_at(_use(file), point)
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert status == 0, f"{file.stem} failed"
    return False


def _kill_at(engine: Engine, point: int) -> None:
    points = count(1)

    def pass_one(*_: object) -> None:
        if next(points) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    def pass_statement(_: object, __: object, statement: str, *___: object) -> None:
        # reading leaves nothing behind: before it, and after it, is before the next writing
        if not statement.startswith("SELECT"):
            pass_one()

    event.listen(engine, "before_cursor_execute", pass_statement)
    event.listen(engine, "commit", pass_one)
    event.listen(Session, "after_commit", pass_one)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
