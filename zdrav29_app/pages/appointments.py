"""`/appointments`: all visits."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.replacements import replacements
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.pages.visits import no_visits, visit_row
from zdrav29_app.state.appointments import AppointmentsState
from zdrav29_app.state.replacements import ReplacementsState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = AppointmentsState  # its fields are vars here


def appointments() -> Component:
    """What lies ahead, what is over, what was called off."""
    return el.div(
        replacements(),
        el.section(
            el.h2(texts.UPCOMING),
            _visits(state.upcoming, ui.card(no_visits())),
            class_name="stack",
        ),
        el.section(
            el.h2(texts.PAST),
            rx.cond(state.missed != "", el.p(state.missed, class_name="soft"), rx.fragment()),
            _visits(state.past, el.p(texts.NO_PAST, class_name="soft")),
            class_name="stack",
        ),
        rx.cond(state.cancelled.length() > 0, _cancelled(), rx.fragment()),
        class_name="stack",
    )


def _cancelled() -> Component:
    return el.section(
        el.h2(texts.CANCELLED), _visits(state.cancelled, rx.fragment()), class_name="stack"
    )


def _visits(visits: Any, nothing: Component) -> Component:
    rows = el.ul(rx.foreach(visits, _row), class_name="visits")
    return rx.cond(state.loaded, rx.cond(visits.length() > 0, rows, nothing), ui.skeleton())


def _row(visit: Any) -> Component:
    return visit_row(visit, state, has_papers=True)


PAGE = cabinet_page(
    "/appointments",
    common.APPOINTMENTS,
    appointments,
    AppointmentsState.load,
    ReplacementsState.load,
)
