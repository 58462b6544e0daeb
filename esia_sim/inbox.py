"""Messages of the stand: SMS and letters, read with a cursor and waiting: never an old code."""

import asyncio
import re
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from itertools import takewhile
from typing import Final

_LIMIT: Final = 2000
_CODE_AFTER: Final = re.compile(
    r"\bкод\w*\b[^\d.!?\n]{0,60}(?<![\d-])(\d{4,8})(?![\d-])", re.IGNORECASE
)
_CODE_BEFORE: Final = re.compile(r"(?<![\d-])(\d{4,8})\s*[-–—]\s*(?:ваш\s+)?код\b", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://[^\s<>\"»]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One SMS, letter or push. `to` is `+7XXXXXXXXXX`, an address or `app:<person>`.

    `cursor` grows by one; `push` is the id to answer a push by.
    """

    cursor: int
    channel: str
    to: str
    sender: str
    subject: str | None
    text: str
    at: datetime
    push: str | None = None

    @property
    def code(self) -> str | None:
        """The one-time code in the text, if there is one."""
        found = _CODE_AFTER.search(self.text) or _CODE_BEFORE.search(self.text)
        return found[1] if found else None

    @property
    def links(self) -> list[str]:
        """Addresses in the text."""
        return [link.rstrip(".,;:!?)") for link in _LINK.findall(self.text)]

    def as_json(self) -> dict[str, object]:
        """Describe the message to a control call."""
        facts: dict[str, object] = asdict(self)
        cursor = facts.pop("cursor")
        facts["from"] = facts.pop("sender")
        return facts | {
            "id": f"message-{cursor}",
            "code": self.code,
            "links": self.links,
            "at": self.at.isoformat(),
        }


class Inbox:
    """All messages, newest last; the oldest are forgotten beyond some thousands."""

    def __init__(self, hold_back: Callable[[Message], bool] | None = None) -> None:
        """Start empty; a message that `hold_back` answers True to is not delivered now."""
        self.cursor = 0
        self._hold_back = hold_back
        self._messages: deque[Message] = deque(maxlen=_LIMIT)
        self._arrived = asyncio.Event()
        self._closed = False

    def deliver(
        self,
        *,
        channel: str,
        to: str,
        text: str,
        sender: str,
        at: datetime,
        subject: str | None = None,
        push: str | None = None,
    ) -> Message:
        """Put a message into the box and wake those who wait."""
        message = Message(
            cursor=self.cursor + 1,
            channel=channel,
            to=to,
            sender=sender,
            subject=subject,
            text=text,
            at=at,
            push=push,
        )
        if self._hold_back and self._hold_back(message):
            return message
        return self.put(message)

    def put(self, message: Message) -> Message:
        """Put a message into the box as the newest one, and wake those who wait."""
        self.cursor += 1
        message = replace(message, cursor=self.cursor)
        self._messages.append(message)
        self._wake()
        return message

    def find(
        self, *, to: frozenset[str] | None = None, channel: str | None = None, since: int = 0
    ) -> list[Message]:
        """Return the messages after a cursor; `None` does not filter."""
        # the newest first, so that waiting for one more does not read the whole box again
        newer = takewhile(lambda message: message.cursor > since, reversed(self._messages))
        found = [
            message
            for message in newer
            if (to is None or message.to in to) and (channel is None or message.channel == channel)
        ]
        return found[::-1]

    async def wait(
        self, *, to: frozenset[str] | None, channel: str | None, since: int, seconds: float
    ) -> list[Message]:
        """Return messages as `find` does, waiting for the first of them up to `seconds`."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while not (found := self.find(to=to, channel=channel, since=since)):
            arrived, left = self._arrived, deadline - loop.time()
            if left <= 0 or self._closed:
                break
            try:
                await asyncio.wait_for(arrived.wait(), left)
            except TimeoutError:
                break
        return found

    def clear(self, to: frozenset[str] | None = None) -> None:
        """Forget all messages, or those to somebody; cursors go on and stay meaningful."""
        kept = [one for one in self._messages if to is not None and one.to not in to]
        self._messages = deque(kept, maxlen=_LIMIT)
        self.cursor += 1
        self._wake()

    def close(self) -> None:
        """Let everybody who waits go, because the server stops."""
        self._closed = True
        self._wake()

    @property
    def is_closed(self) -> bool:
        """Whether the server is stopping."""
        return self._closed

    def _wake(self) -> None:
        arrived, self._arrived = self._arrived, asyncio.Event()
        arrived.set()
