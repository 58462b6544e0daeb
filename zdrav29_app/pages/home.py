"""`/home`: what matters now."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.pages.visits import date_block, no_visits, status_tag
from zdrav29_app.state.home import HomeState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = HomeState  # its fields are vars here


def home() -> Component:
    """The next visit, and the ways on."""
    return rx.fragment(
        rx.cond(state.greeting != "", el.p(state.greeting, class_name="lead")),
        ui.columns(_next_visit(), _ways(), label=texts.WHAT_TO_DO),
    )


def _next_visit() -> Component:
    found = el.ul(rx.foreach(state.next_visit, _visit))
    shown = rx.cond(state.next_visit.length() > 0, found, no_visits())
    return ui.card(el.h2(texts.NEXT_VISIT), rx.cond(state.loaded, shown, ui.skeleton(4)))


def _visit(visit: Any) -> Component:
    return el.li(
        date_block(visit),
        el.div(
            el.h3(visit.title),
            el.p(el.b(visit.when, class_name="numbers")),
            el.p(visit.doctor),
            el.p(visit.branch, ", ", visit.address, class_name="soft"),
            el.p(visit.room, class_name="soft"),
            el.div(status_tag(visit)),
            class_name="stack-tight",
        ),
        el.div(
            ui.link(texts.OPEN_TALON, visit.href, kind="primary", name=visit.link_name),
            ui.endpoint_link(
                texts.TO_CALENDAR, visit.calendar_href, kind="quiet", name=visit.calendar_name
            ),
            class_name="acts row",
        ),
        class_name="visit",
    )


def _ways() -> Component:
    ways = (
        ("/booking", texts.TO_BOOKING, texts.BOOKING_HINT),
        ("/appointments", texts.ALL_VISITS, texts.VISITS_HINT),
    )
    return el.ul(
        *[
            el.li(
                ui.link(
                    rx.fragment(el.strong(name), el.span(hint, class_name="small soft")),
                    href,
                    name=name,
                    class_name="tile",
                )
            )
            for href, name, hint in ways
        ],
        class_name="visits",
    )


PAGE = cabinet_page("/home", common.HOME, home, HomeState.load)
