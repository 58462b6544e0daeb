"""The last steps of booking: «Проверьте запись» with its hold, and why a time cannot be had."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.booking_times import STEP
from zdrav29_app.pages.holding import hold_line
from zdrav29_app.pages.session_end import WARN_SECONDS
from zdrav29_app.state.booking import BookingState
from zdrav29_app.texts import checking as texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = BookingState  # its fields are vars here


def check(chosen: Any) -> Component:
    """What is about to be booked, held while it is read."""
    left = live.seconds_left("hold", state.hold_seconds, restart=state.hold_count)
    return rx.fragment(
        el.p(
            ui.link(
                rx.fragment(ui.icon("back", size=20), texts.OTHER_TIME),
                chosen.back_href,
                class_name="back",
            )
        ),
        ui.card(
            el.h2(texts.CHECK, id=STEP, tab_index=-1, on_mount=rx.set_focus(STEP)),
            _hold(left),
            el.p(chosen.sentence, class_name="sentence"),
            el.dl(rx.foreach(chosen.rows, _row), class_name="rows"),
            rx.foreach(state.overlaps, _overlap),
            el.div(rx.cond(left == 0, _again(), _confirm(chosen)), class_name="stick"),
        ),
    )


def _hold(left: Words) -> Component:
    extend = rx.cond(
        state.may_extend & (left > 0) & (left <= WARN_SECONDS),
        el.div(ui.button(texts.EXTEND, state.extend)),
        rx.fragment(),
    )
    return rx.fragment(hold_line(left, ended=texts.HOLD_ENDED), extend)


def _row(row: Any) -> Component:
    change = ui.link(texts.CHANGE, row.change_href, name=row.change_name)
    return el.div(
        el.dt(row.term),
        el.dd(row.value),
        el.dd(rx.cond(row.change_href != "", change, rx.fragment()), class_name="change"),
    )


def _overlap(words: Any) -> Component:
    return ui.notice(el.p(words))


def _confirm(chosen: Any) -> Component:
    moves = state.moving != ""
    return rx.cond(
        state.is_busy,
        ui.button(rx.cond(moves, texts.MOVING, texts.CONFIRMING), kind="primary", disabled=True),
        ui.button(
            rx.cond(moves, texts.MOVE, texts.CONFIRM),
            state.confirm(chosen.slot_id),
            kind="primary",
        ),
    )


def _again() -> Component:
    return ui.button(texts.HOLD_AGAIN, state.load, kind="primary")


def why() -> Component:
    """What stands in the way of the chosen time, and every check that was made."""
    panel = ui.card(
        el.h2(texts.WHY),
        el.p(texts.WHY_LEAD),
        el.ul(rx.foreach(state.checks, _failed), class_name="checks"),
        el.details(
            el.summary(texts.ALL_CHECKS),
            el.ul(rx.foreach(state.checks, _check), class_name="checks"),
        ),
    )
    return rx.cond(state.checks.length() > 0, panel, rx.fragment())


def _failed(one: Any) -> Component:
    return rx.cond(one.is_passed, rx.fragment(), _check(one))


def _check(one: Any) -> Component:
    mark = rx.cond(one.is_passed, ui.icon("check", size=20), ui.icon("cross", size=20))
    return el.li(
        mark,
        el.div(
            el.p(el.b(one.mark, class_name="hidden-visually"), " ", one.text),
            el.p(one.source, class_name="small soft"),
        ),
        custom_attrs={"data-passed": rx.cond(one.is_passed, "true", "false")},
    )


def moving() -> Component:
    """Which visit is being put to another time."""
    return rx.cond(state.moving != "", ui.notice(el.p(state.moving)), rx.fragment())
