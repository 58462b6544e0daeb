"""The found times on `/booking`: place, day, then doctors with buttons by part of day."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.state.booking import BookingState
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = BookingState  # its fields are vars here

STEP = "step"
"""The heading of the step that has just appeared: the focus goes there."""


def results() -> Component:
    """What was found, or why nothing was."""
    return el.section(
        el.div(
            el.h2(state.results_title, id=STEP, tab_index=-1, on_mount=rx.set_focus(STEP)),
            el.p(state.refreshed_at, class_name="small soft numbers"),
            class_name="apart",
        ),
        rx.cond(state.meant != "", el.p(state.meant), rx.fragment()),
        rx.cond(state.branches.length() > 0, _place_and_day(), rx.fragment()),
        rx.cond(
            state.nothing != "",
            _nothing(),
            el.div(rx.foreach(state.doctors, _doctor), class_name="stack"),
        ),
        _taken(),
        id="times",
        class_name="stack",
    )


def _taken() -> Component:
    # below the times and in sight, so that nothing moves under a finger; the region exists before
    # its words, so that screen readers announce them
    words = rx.cond(state.taken != "", ui.notice(el.p(state.taken)), rx.fragment())
    return el.div(words, role="status", class_name="live taken")


def _nothing() -> Component:
    reset = ui.link(texts.RESET, state.reset_href, kind="quiet")
    wait = ui.link(texts.JOIN_WAITING, state.waiting_href, kind="primary")
    return ui.card(
        ui.empty(
            rx.cond(state.branches.length() > 0, texts.NOTHING, texts.NOTHING_FOUND),
            state.nothing,
            rx.cond(state.waiting_href != "", wait, rx.fragment()),
            rx.foreach(state.conditions, _condition),
            rx.cond(state.conditions.length() > 0, reset, rx.fragment()),
        )
    )


def _condition(one: Any) -> Component:
    return ui.link(one.label, one.href, kind="quiet")


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
        rx.cond(
            state.nearest_href != "",
            el.p(ui.icon("clock", size=20), nearest, class_name="nearest"),
            rx.fragment(),
        ),
        rx.cond(state.receiving.length() > 1, _order(), rx.fragment()),
        el.details(
            el.summary(state.receiving_title),
            el.ul(rx.foreach(state.receiving, _receiving), class_name="receiving"),
            open=state.is_receiving_open,
        ),
        ui.days(state.days, _day, label=texts.DAYS),
        class_name="card",
    )


def _order() -> Component:
    return ui.select_field(texts.ORDER, "order", state.orders, state.order, state.choose_order)


def _receiving(one: Any) -> Component:
    return el.li(
        ui.link(one.name, one.href),
        el.p(one.who, ", ", one.where, class_name="small"),
        el.p(one.free, class_name="small soft"),
    )


def _day(day: Any) -> Component:
    return ui.day(
        day.weekday,
        day.day,
        day.month,
        day.count,
        name=day.name,
        href=day.href,
        is_open=day.is_free,
        is_chosen=day.is_chosen,
    )


def _doctor(doctor: Any) -> Component:
    return ui.card(
        el.div(
            el.h3(doctor.name),
            el.p(doctor.post),
            class_name="stack-tight",
        ),
        el.dl(rx.foreach(doctor.facts, _fact), class_name="facts"),
        rx.cond(doctor.note != "", _note(doctor.note), rx.fragment()),
        rx.cond(doctor.prepare != "", _prepare(doctor), rx.fragment()),
        rx.foreach(doctor.parts, _part),
    )


def _fact(fact: Any) -> Component:
    return el.div(el.dt(fact.term), el.dd(fact.value))


def _note(note: Any) -> Component:
    return el.p(ui.icon("info", size=20), el.span(el.b(texts.NOTE), note), class_name="remark")


def _prepare(doctor: Any) -> Component:
    return el.details(
        el.summary(texts.PREPARE, aria_label=doctor.prepare_name),
        el.p(doctor.prepare),
    )


def _part(part: Any) -> Component:
    return el.div(
        el.h4(part.title),
        el.div(rx.foreach(part.times, _time), class_name="times"),
        class_name="part",
    )


def _time(free: Any) -> Component:
    return ui.time_button(free.time, free.name, state.choose_time(free.slot_id), key=free.slot_id)
