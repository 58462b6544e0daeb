"""What `/booking` shows, as cards, made of what the timetable found."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from zdrav29_app.services.decisions import Explained
from zdrav29_app.services.free_times import FreeTime, Receiving
from zdrav29_app.services.timetable import Chosen, DoctorTimes, Found, Offer, Order
from zdrav29_app.state.booking_address import BookingAddress
from zdrav29_app.state.options import Option
from zdrav29_app.texts import booking as texts
from zdrav29_app.texts import checking, formats, pages
from zdrav29_app.values import local

LISTED, FEW = 12, 4
"""So many doctors of the region are listed; so few of them need not be asked for."""


@dataclass(frozen=True)
class TileCard:
    """A speciality to begin with."""

    code: str
    name: str
    count: str
    nearest: str
    is_free: bool
    href: str


@dataclass(frozen=True)
class DayCard:
    """A day in the strip; `name` is what a screen reader says."""

    date: str
    weekday: str
    day: str
    month: str
    count: str
    name: str
    is_free: bool
    is_chosen: bool
    href: str


@dataclass(frozen=True)
class TimeCard:
    """A free time; `name` is its accessible name."""

    slot_id: int
    time: str
    name: str
    href: str


@dataclass(frozen=True)
class PartCard:
    """Morning, day or evening with its times."""

    title: str
    times: list[TimeCard]


@dataclass(frozen=True)
class FactCard:
    """One line of what is known of a doctor."""

    term: str
    value: str


@dataclass(frozen=True)
class DoctorCard:
    """A doctor with her free times on the chosen day."""

    name: str
    post: str
    facts: list[FactCard]
    note: str
    prepare: str
    prepare_name: str
    parts: list[PartCard]


@dataclass(frozen=True)
class ReceivingCard:
    """A doctor somewhere in the region, with what is free before the click."""

    name: str
    who: str
    where: str
    free: str
    href: str


@dataclass(frozen=True)
class ConditionCard:
    """A field of the filter that is filled in, with the way to empty it."""

    label: str
    href: str


@dataclass(frozen=True)
class ChosenRow:
    """One line of what is to be confirmed, with the way to change it."""

    term: str
    value: str
    change_href: str
    change_name: str


@dataclass(frozen=True)
class ChosenCard:
    """The visit to be confirmed."""

    slot_id: int
    sentence: str
    rows: list[ChosenRow]
    back_href: str


@dataclass(frozen=True)
class CheckCard:
    """One check: whether it passed, in words too, and where its rule comes from."""

    mark: str
    text: str
    source: str
    is_passed: bool


def options(pairs: list[tuple[str, str]], any_label: str) -> list[Option]:
    """Lines of a filter field, «any» first."""
    return [Option("", any_label), *(Option(value, label) for value, label in pairs)]


def tile_card(offer: Offer, here: BookingAddress) -> TileCard:
    """A speciality with what is free before the click."""
    there = replace(here, speciality=offer.code, is_searched=True, branch=0, day=None, slot=0)
    return TileCard(
        code=offer.code,
        name=offer.name,
        count=texts.BY_REFERRAL if offer.by_referral else texts.times(offer.free),
        nearest="" if offer.by_referral else texts.nearest(offer.nearest),
        is_free=bool(offer.free) and not offer.by_referral,
        href=there.href,
    )


def branch_option(offer: Offer) -> Option:
    """A branch with what is free there."""
    return Option(offer.code, texts.branch_label(offer.place, offer.name, offer.free))


def day_card(day: date, free: int, here: BookingAddress, chosen: date | None) -> DayCard:
    """A day with its number of free times."""
    return DayCard(
        date=day.isoformat(),
        weekday=formats.short_weekday(day),
        day=str(day.day),
        month=formats.month(day)[:3],
        count=texts.times(free) if free else "нет",
        name=texts.day_name(day, free),
        is_free=free > 0,
        is_chosen=day == chosen,
        href=here.on_day(day.isoformat()).href,
    )


def doctor_card(doctor: DoctorTimes, here: BookingAddress) -> DoctorCard:
    """A doctor with times grouped by part of day."""
    name, place = formats.full_name(doctor.name), doctor.place
    facts = {
        pages.CATEGORY: doctor.category,
        pages.WHERE: f"{place.branch}, {place.address}",
        pages.ROOM: texts.room_and_floor(place.room, place.floor),
        pages.PLOT: doctor.plot,
    }
    parts = groupby(doctor.times, key=lambda free: texts.part_of_day(free.starts_at))
    return DoctorCard(
        name=name,
        post=doctor.post,
        facts=[FactCard(term, value) for term, value in facts.items() if value],
        note=doctor.note or "",
        prepare=doctor.prepare or "",
        prepare_name=f"{pages.PREPARE}: {name}",
        parts=[
            PartCard(title, [_time_card(free, doctor, here) for free in times])
            for title, times in parts
        ],
    )


def receiving_cards(found: Found, here: BookingAddress) -> list[ReceivingCard]:
    """The doctors with free times, in the order found; the link leads to the nearest time."""
    names = {offer.code: offer.name for offer in found.specialities}
    return [
        _receiving_card(one, names[one.speciality], found.distances_km.get(one.district), here)
        for one in found.receiving[:LISTED]
    ]


def _receiving_card(
    one: Receiving, speciality: str, distance_km: int | None, here: BookingAddress
) -> ReceivingCard:
    there = here.at_branch(one.branch_id).on_day(local(one.nearest).date().isoformat())
    return ReceivingCard(
        name=formats.full_name(one.name),
        who=speciality,
        where=texts.where(one.branch, one.district, distance_km),
        free=f"{texts.times(one.free)}, {texts.nearest(one.nearest)}",
        href=there.href,
    )


def order_options(found: Found) -> list[Option]:
    """What may come first; distance only for whom it can be counted."""
    return [
        Option("" if order is Order.NEAREST else order, texts.ORDERS[order])
        for order in Order
        if order is not Order.DISTANCE or found.distances_km
    ]


def condition_cards(found: Found, here: BookingAddress) -> list[ConditionCard]:
    """What narrows the search, field by field."""
    names = {offer.code: offer.name for offer in found.specialities}
    chosen = {
        "words": here.words and f"«{here.words}»",
        "speciality": names.get(here.speciality, here.speciality),
        "district": here.district,
        "kind": texts.KINDS.get(here.kind, ""),
    }
    return [
        ConditionCard(texts.without(label), here.without(name).href)
        for name, label in chosen.items()
        if label
    ]


def nothing(found: Found, here: BookingAddress) -> str:
    """Why no time is shown; empty when there are times."""
    if found.doctors:
        return ""
    if found.meant == ():
        return texts.nobody_meant(here.words)
    asked = [o for o in found.meant or found.specialities if here.speciality in {"", o.code}]
    if asked and all(offer.by_referral for offer in asked):
        return texts.BY_REFERRAL_ONLY
    if found.day and found.branches:
        return texts.nothing_today(found.day)
    return texts.nothing_here(asked[0].name if len(asked) == 1 else "")


def chosen_card(chosen: Chosen, here: BookingAddress) -> ChosenCard:
    """The visit in rows and in one sentence."""
    day, place = local(chosen.starts_at).date(), chosen.place
    times = formats.unbroken(formats.time_range(chosen.starts_at, chosen.ends_at))
    back, anew = here.with_slot(0).href, here.anew().href
    rows = (
        (pages.WHEN, f"{formats.long_day(day)}, {times}", back),
        (pages.DOCTOR, f"{formats.full_name(chosen.doctor)}, {chosen.post}", back),
        (pages.WHERE, f"{place.clinic}, {place.branch}, {place.address}", anew),
        (pages.ROOM, texts.room(place.room, place.floor), ""),
        (pages.PATIENT, formats.full_name(chosen.patient), "/family"),
    )
    return ChosenCard(
        slot_id=chosen.slot_id,
        sentence=texts.sentence(chosen.patient, chosen.speciality, chosen.starts_at, place.address),
        rows=[ChosenRow(term, value, href, checking.change(term)) for term, value, href in rows],
        back_href=back,
    )


def check_cards(explained: list[Explained]) -> list[CheckCard]:
    """All checks, in words."""
    return [
        CheckCard(
            mark=checking.PASSED if one.is_passed else checking.FAILED,
            text=one.text,
            source=checking.norm(one.status, one.source),
            is_passed=one.is_passed,
        )
        for one in explained
    ]


def _time_card(free: FreeTime, doctor: DoctorTimes, here: BookingAddress) -> TimeCard:
    return TimeCard(
        slot_id=free.slot_id,
        time=formats.clock_time(free.starts_at),
        name=texts.time_name(
            free.starts_at, free.ends_at, doctor.speciality, doctor.name, doctor.place.room
        ),
        href=here.with_slot(free.slot_id).href,
    )
