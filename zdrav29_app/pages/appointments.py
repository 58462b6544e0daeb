"""`/appointments`: all visits."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.pages.visits import no_visits, visit_row
from zdrav29_app.state.appointments import AppointmentsState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el, rx


def appointments() -> Component:
    """What lies ahead, then the rest."""
    return el.div(
        el.section(
            el.h2(texts.UPCOMING),
            _visits(AppointmentsState.upcoming, ui.card(no_visits())),
            class_name="stack",
        ),
        el.section(
            el.h2(texts.PAST),
            _visits(AppointmentsState.past, el.p(texts.NO_PAST, class_name="soft")),
            class_name="stack",
        ),
        class_name="stack",
    )


def _visits(visits: Any, nothing: Component) -> Component:
    rows = el.ul(rx.foreach(visits, _row), class_name="visits")
    return rx.cond(
        AppointmentsState.loaded, rx.cond(visits.length() > 0, rows, nothing), ui.skeleton()
    )


def _row(visit: Any) -> Component:
    return visit_row(visit, AppointmentsState, has_papers=True)


PAGE = cabinet_page("/appointments", common.APPOINTMENTS, appointments, AppointmentsState.load)
