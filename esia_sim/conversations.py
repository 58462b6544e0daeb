"""Conversations with support, by number; their number and length are bounded."""

from typing import Final

from esia_sim.chance import Chance
from esia_sim.clock import Clock
from esia_sim.people import Person
from esia_sim.records import Conversation, Line, Topic

_MOST: Final = 500
_LINES: Final = 200


class Conversations(dict[str, Conversation]):
    """All conversations of a world, oldest first."""

    def __init__(self, clock: Clock, chance: Chance) -> None:
        """Start empty."""
        super().__init__()
        self._clock, self._chance = clock, chance
        self._opened = 0

    def open(
        self, topic: Topic, person: Person | None = None, facts: dict[str, str] | None = None
    ) -> Conversation:
        """Begin a conversation; the oldest is forgotten beyond some hundreds."""
        self._opened += 1
        conversation = Conversation(
            number=f"{self._opened:06}",
            secret=self._chance.token(24),
            topic=topic,
            opened_at=self._clock.now(),
            person_key=person.key if person else None,
            facts=facts or {},
            lines=[],
        )
        self[conversation.number] = conversation
        while len(self) > _MOST:
            del self[next(iter(self))]
        return conversation

    def say(self, conversation: Conversation, author: str, text: str) -> None:
        """Add a line; `author` is `person`, `robot` or `specialist`."""
        conversation.lines.append(Line(self._clock.now(), author, text))
        del conversation.lines[:-_LINES]
