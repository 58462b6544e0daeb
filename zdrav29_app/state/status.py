"""The page `/status`: how the services are. It asks the database nothing, whoever looks."""

from dataclasses import dataclass
from itertools import groupby

import reflex as rx

from zdrav29_app import clock
from zdrav29_app.services import announcements, status
from zdrav29_app.services.status import Day, ServiceNow
from zdrav29_app.state.announcements import AnnouncementCard, card
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts import formats
from zdrav29_app.texts import status as texts


@dataclass(frozen=True)
class StretchCard:
    """Days of a strip that follow each other alike; `name` says it, `level` only its looks."""

    level: str
    name: str
    days: int


@dataclass(frozen=True)
class ServiceCard:
    """One service in words."""

    name: str
    about: str
    state: str
    tone: str
    since: str
    advice: str
    summary: str
    strip_name: str
    stretches: list[StretchCard]
    failed: list[str]


class StatusState(SignedIn, rx.State):
    """How the services are, as this process saw them last."""

    loaded: bool = False
    title: str = ""
    all_work: bool = True
    checked: str = ""
    services: list[ServiceCard] = []
    works: list[AnnouncementCard] = []

    @rx.event
    async def load(self):
        """Show what is known."""
        board = status.board()
        # what fails first: it is what people came for
        self.services = [_service(one) for one in sorted(board, key=lambda one: one.is_up)]
        self.all_work = all(one.is_up for one in board)
        self.title = texts.ALL_WORK if self.all_work else texts.SOME_FAIL
        looks = [one.checked_at for one in board if one.checked_at]
        self.checked = texts.LOOKED + formats.clock_time(min(looks)) if looks else texts.NOT_LOOKED
        self.works = [card(one) for one in announcements.works()]
        self.loaded = True


def _service(one: ServiceNow) -> ServiceCard:
    name, about = texts.NAMES[one.service]
    state, tone = (texts.WORKS, "good") if one.is_up else (texts.FAILS, "danger")
    if one.checked_at is None:
        state, tone = texts.UNCHECKED, "none"
    failed = [day for day in one.days if day.minutes_down]
    return ServiceCard(
        name=name,
        about=about,
        state=state,
        tone=tone,
        since=texts.since(one.since, clock.now()) if one.since and not one.is_up else "",
        advice="" if one.is_up else texts.ADVICE[one.service],
        summary=texts.summary(len(failed), sum(day.level != "unknown" for day in one.days)),
        strip_name=f"{name}: {texts.HISTORY.lower()}",
        stretches=[_stretch(list(alike)) for _, alike in groupby(one.days, key=_looks)],
        failed=[texts.day_name(day.day, day.level, day.minutes_down) for day in reversed(failed)],
    )


def _looks(day: Day) -> tuple[str, int]:
    return day.level, day.minutes_down


def _stretch(days: list[Day]) -> StretchCard:
    first, last = days[0], days[-1]
    name = texts.day_name(first.day, first.level, first.minutes_down)
    if first is not last:
        name = texts.days_name(first.day, last.day, first.level, first.minutes_down)
    return StretchCard(first.level, name, len(days))
