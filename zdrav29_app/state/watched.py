"""Which open tabs show which free times, as far as this process knows. Forgotten when they close.

Keys are client tokens: which person sits there is asked anew each time, from the tab's own socket.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from zdrav29_app import clock

KEPT_SECONDS = 60
"""A tab that lost its connection may come back within this."""


@dataclass
class _Tab:
    slots: frozenset[int]
    seen_at: float


_tabs: dict[str, _Tab] = {}


def watch(token: str, slots: Iterable[int]) -> None:
    """From now on this tab shows these times, and no others."""
    if shown := frozenset(slots):
        _tabs[token] = _Tab(shown, clock.machine_seconds())
    else:
        forget(token)


def forget(token: str) -> None:
    """The tab shows no free times any more."""
    _tabs.pop(token, None)


def forget_closed(connected: Collection[str]) -> None:
    """Drop the tabs that have not been connected for a while."""
    now = clock.machine_seconds()
    for token, tab in list(_tabs.items()):
        if token in connected:
            tab.seen_at = now
        elif now - tab.seen_at > KEPT_SECONDS:
            forget(token)


def shown() -> frozenset[int]:
    """All times that anybody here is looking at."""
    return frozenset[int]().union(*(tab.slots for tab in _tabs.values()))


def showing(slots: Collection[int]) -> list[str]:
    """The tabs that show any of these times."""
    return [token for token, tab in _tabs.items() if not tab.slots.isdisjoint(slots)]
