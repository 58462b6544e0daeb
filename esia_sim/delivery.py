"""Whether a message is delivered now, later or never: by an expectation or by a magic number."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from esia_sim import logins, magic
from esia_sim.inbox import Message

if TYPE_CHECKING:
    from esia_sim.store import World


def hold_back(world: "World", message: Message) -> bool:
    """Lose a message or keep it for later; False when it is to be delivered now."""
    owner = next(
        (one.key for one in world.people.values() if message.to in logins.contacts_of(one)), None
    )
    world.tape.add_message(message, owner)
    expected = world.expectations.take(message.channel, person=owner)
    if message.to == magic.LATE:
        _delay(world, message, magic.LATE_SECONDS)
    elif expected and expected.delay:
        _delay(world, message, expected.delay.draw(world.chance))
    return expected is not None or message.to in magic.HELD_BACK


def _delay(world: "World", message: Message, seconds: float) -> None:
    world.delayed.append((world.clock.now() + timedelta(seconds=seconds), message))
    # it also comes when nothing asks the stand meanwhile
    with suppress(RuntimeError):
        asyncio.get_running_loop().call_later(seconds, world.settle)
