"""What is announced, as every page shows it."""

from dataclasses import dataclass

from zdrav29_app.services import announcements
from zdrav29_app.services.announcements import Announced
from zdrav29_app.texts import status as texts


@dataclass(frozen=True)
class AnnouncementCard:
    """One announcement in words."""

    title: str
    text: str
    when: str


def current_cards() -> list[AnnouncementCard]:
    """What stands on every page now; from memory."""
    return [card(one) for one in announcements.current()]


def card(one: Announced) -> AnnouncementCard:
    """An announcement in words."""
    return AnnouncementCard(
        title=texts.announced(one.kind, one.service),
        text=one.text,
        when=texts.expected(one.kind, one.begins_at, one.ends_at),
    )
