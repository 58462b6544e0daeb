"""The found times on `/booking`: place, day, then doctors with buttons by part of day."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.state.booking import BookingState
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = BookingState  # its fields are vars here


def results() -> Component:
    """What was found, or why nothing was."""
    nothing = ui.card(
        ui.empty(
            texts.NOTHING,
            state.nothing,
            ui.link(texts.OTHER_PLACES, state.everywhere_href, kind="quiet"),
        )
    )
    return el.section(
        el.div(
            el.h2(state.results_title, id="step", tab_index=-1),
            el.p(state.refreshed_at, class_name="small soft numbers"),
            class_name="apart",
        ),
        rx.cond(state.branches.length() > 0, _place_and_day(), rx.fragment()),
        rx.cond(
            state.nothing != "",
            nothing,
            el.div(rx.foreach(state.doctors, _doctor), class_name="stack"),
        ),
        id="times",
        class_name="stack",
    )


def _place_and_day() -> Component:
    nearest = ui.link(state.nearest_label, state.nearest_href)
    return el.div(
        el.div(
            ui.select_field(
                texts.BRANCH, "branch", state.branches, state.branch, state.choose_branch
            ),
            ui.date_field(
                texts.DATE,
                "date",
                state.date,
                state.choose_date,
                first=state.date_min,
                last=state.date_max,
            ),
            class_name="fields",
        ),
        rx.cond(state.nearest_href != "", el.p(nearest), rx.fragment()),
        el.nav(
            el.ol(rx.foreach(state.days, _day), class_name="days"),
            aria_label=texts.DAYS,
        ),
        class_name="card",
    )


def _day(day: Any) -> Component:
    content = rx.fragment(
        el.span(day.weekday),
        el.b(day.day),
        el.span(day.month),
        el.span(day.count, class_name="count"),
    )
    free = ui.link(
        content,
        day.href,
        name=day.name,
        aria_current=rx.cond(day.is_chosen, "date", "false"),
        class_name="day",
    )
    return el.li(rx.cond(day.is_free, free, el.div(content, class_name="day day-none")))


def _doctor(doctor: Any) -> Component:
    return ui.card(
        el.div(
            el.h3(doctor.name),
            el.p(doctor.post),
            el.p(doctor.details, class_name="small soft"),
            class_name="stack-tight",
        ),
        rx.foreach(doctor.parts, _part),
    )


def _part(part: Any) -> Component:
    return el.div(
        el.h4(part.title),
        el.div(rx.foreach(part.times, _time), class_name="times"),
        class_name="part",
    )


def _time(time: Any) -> Component:
    return el.button(
        time.time,
        type="button",
        aria_label=time.name,
        on_click=state.choose_time(time.slot_id),
        class_name="time",
    )
