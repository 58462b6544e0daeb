"""`python -m tests.contract.killed <folder>`: an act in a process that is killed at every point.

For every act and every n a copy of a database is made, and a child dies in the middle of the act:
between two statements, before the commit, after it. What it leaves is `<act>-<n>.sqlite`; the
last one of an act was not killed. Forking wants a process without threads, therefore a program.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, event
from sqlmodel import Session, SQLModel

from tests.booking_world import World
from tests.conftest import TODAY, at
from zdrav29_app import clock
from zdrav29_app.db import engine as engine_room

WHO = "anna"


def main(folder: Path) -> None:
    """Leave one database for every act and point."""
    clock.freeze()
    clock.advance(at(TODAY, 7) - clock.now())
    for act in (book, move, cancel):
        before = folder / f"{act.__name__}.sqlite"
        ready = act(_world(before))
        engine_room.engine().dispose()
        for point in count(1):
            after = folder / f"{act.__name__}-{point:03}.sqlite"
            shutil.copyfile(before, after)
            if not _is_killed(ready, after, point):
                break


def book(world: World) -> Callable[[], None]:
    """Book a time that is held."""
    world.hold(WHO, world.slots[0])
    return lambda: world.book(WHO, world.slots[0])


def move(world: World) -> Callable[[], None]:
    """Move a visit to a time that is held for it."""
    world.book(WHO, world.slots[0])
    [number] = world.visits
    world.hold(WHO, world.slots[1], moving=number)
    return lambda: world.move(WHO, number, world.slots[1])


def cancel(world: World) -> Callable[[], None]:
    """Cancel a visit."""
    world.book(WHO, world.slots[0])
    [number] = world.visits
    return lambda: world.cancel(WHO, number)


def _world(file: Path) -> World:
    _use(file)
    SQLModel.metadata.create_all(engine_room.engine())
    return World(TODAY)


def _use(file: Path) -> Engine:
    engine = engine_room.make_engine(f"sqlite:///{file}")
    engine_room.engine = lambda: engine
    return engine


def _is_killed(act: Callable[[], None], file: Path, point: int) -> bool:
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

    # between two statements nothing reaches the database: before one is after the other
    event.listen(engine, "before_cursor_execute", pass_one)
    event.listen(engine, "commit", pass_one)
    event.listen(Session, "after_commit", pass_one)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
