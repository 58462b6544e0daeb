"""What `/waiting` shows, as cards, made of what the waiting list says."""

from dataclasses import dataclass
from datetime import datetime

from zdrav29_app.services.waiting import Choices, Offered, Waiting
from zdrav29_app.state.options import Option
from zdrav29_app.texts import booking, formats
from zdrav29_app.texts import waiting as texts

OPENS, CLOSES = 7, 21  # whole hours between which anybody receives


@dataclass(frozen=True)
class StepCard:
    """One thing that happened to a place."""

    text: str
    when: str


@dataclass(frozen=True)
class PlaceCard:
    """A place in the list; `tone` colours the status."""

    id: int
    title: str
    where: str
    wish: str
    ahead: str
    status: str
    tone: str
    is_waiting: bool
    steps: list[StepCard]
    leave_name: str


@dataclass(frozen=True)
class OfferCard:
    """A time that is offered to a place; the soonest to end has the ticking timer."""

    id: int
    sentence: str
    until: str
    doctor: str
    where: str
    room: str
    is_last_chance: bool
    is_soonest: bool
    take_name: str
    decline_name: str


def place_card(one: Waiting) -> PlaceCard:
    """A place in words."""
    status, tone = texts.status(one.status)
    what = texts.title(one.speciality, one.doctor)
    wish = one.wish
    return PlaceCard(
        id=one.id,
        title=what,
        where=f"{one.branch}, {one.clinic}",
        wish=texts.wish(wish.first_day, wish.last_day, wish.from_minute, wish.to_minute),
        ahead=texts.ahead(one.ahead),
        status=status,
        tone=tone,
        is_waiting=one.is_waiting,
        steps=[
            StepCard(texts.happened(step.kind, step.facts), formats.when(step.at))
            for step in one.events
        ],
        leave_name=texts.leave_name(what),
    )


def offer_cards(places: list[Waiting]) -> tuple[list[OfferCard], datetime | None]:
    """All offers, the soonest to end first, and when that one ends (aware UTC)."""
    found = sorted((one.offer.until, one.id, one, one.offer) for one in places if one.offer)
    cards = [
        _offer_card(one, offer, is_soonest=number == 0)
        for number, (_, _, one, offer) in enumerate(found)
    ]
    return cards, found[0][0] if found else None


def _offer_card(one: Waiting, offer: Offered, *, is_soonest: bool) -> OfferCard:
    time = offer.time
    phrase = booking.visit_phrase(time.speciality, time.starts_at)
    return OfferCard(
        id=one.id,
        sentence=texts.offer(time.speciality, time.starts_at),
        until=texts.until(offer.until),
        doctor=f"{formats.full_name(time.doctor)}, {formats.inside(time.post)}",
        where=f"{time.place.clinic}, {time.place.branch}, {time.place.address}",
        room=booking.room(time.place.room, time.place.floor),
        is_last_chance=one.is_last_chance,
        is_soonest=is_soonest,
        take_name=texts.take_name(phrase),
        decline_name=texts.decline_name(phrase),
    )


def speciality_options(found: Choices) -> list[Option]:
    """Lines of the first field, the question first."""
    return [Option("", texts.CHOOSE), *(Option(code, name) for code, name in found.specialities)]


def branch_options(found: Choices) -> list[Option]:
    """Where doctors of that speciality receive."""
    return [Option(str(branch), f"{name} — {clinic}") for branch, name, clinic in found.branches]


def doctor_options(found: Choices) -> list[Option]:
    """Who receives there, «any» first."""
    named = [Option(str(doctor), formats.full_name(name)) for doctor, name in found.doctors]
    return [Option("", texts.ANY_DOCTOR), *named]


def hour_options() -> list[Option]:
    """Whole hours of the day, as minutes."""
    return [Option(str(hour * 60), texts.hour(hour * 60)) for hour in range(OPENS, CLOSES + 1)]
