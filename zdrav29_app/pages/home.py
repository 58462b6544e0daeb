"""`/home`: what matters now."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.holding import left_behind
from zdrav29_app.pages.replacements import replacements
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.pages.visits import help_note, no_visits, status_tag, stub
from zdrav29_app.state.holding import HoldingState
from zdrav29_app.state.home import HomeState
from zdrav29_app.state.replacements import ReplacementsState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.texts import waiting as waiting_texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = HomeState  # its fields are vars here


def home() -> Component:
    """The next visit, and the ways on."""
    return rx.fragment(
        rx.cond(state.greeting != "", el.p(state.greeting, class_name="lead greeting")),
        ui.columns(
            el.div(
                left_behind(),
                rx.foreach(state.offers, _offer),
                replacements(),
                _next_visit(),
                _new_documents(),
                _told(),
                class_name="stack",
            ),
            _ways(),
            label=texts.WHAT_TO_DO,
        ),
    )


def _offer(text: Any) -> Component:
    return ui.notice(
        el.p(text), el.div(ui.link(waiting_texts.SEE, "/waiting", kind="quiet"), class_name="row")
    )


def _next_visit() -> Component:
    tickets = el.div(rx.foreach(state.next_visit, _ticket), class_name="stack")
    found = rx.cond(state.next_visit.length() > 0, tickets, ui.card(no_visits("quiet")))
    return el.section(
        el.h2(texts.NEXT_VISIT),
        rx.cond(state.loaded, found, ui.skeleton(5)),
        class_name="stack",
    )


def _new_documents() -> Component:
    shown = el.section(
        el.h2(texts.NEW_DOCUMENTS),
        el.p(ui.link(state.new_documents, "/documents"), class_name="card"),
        class_name="stack",
    )
    return rx.cond(state.new_documents != "", shown, rx.fragment())


def _told() -> Component:
    listed = el.section(
        el.h2(texts.TOLD),
        el.ul(rx.foreach(state.told, _notice), class_name="stack-8"),
        class_name="stack",
    )
    return rx.cond(state.told.length() > 0, listed, rx.fragment())


def _notice(one: Any) -> Component:
    return el.li(
        el.p(one.text),
        el.p(one.when, class_name="small soft numbers"),
        class_name="card card-tight",
    )


def _ticket(visit: Any) -> Component:
    words = el.div(
        el.div(el.h3(visit.title), status_tag(visit), class_name="apart"),
        el.p(visit.doctor),
        el.p(visit.branch, ", ", visit.address, ", ", visit.room, class_name="small soft"),
        class_name="stack-tight",
    )
    acts = el.div(
        ui.link(texts.OPEN_TALON, visit.href, kind="quiet", name=visit.link_name),
        ui.endpoint_link(
            texts.TO_CALENDAR, visit.calendar_href, kind="quiet", name=visit.calendar_name
        ),
        class_name="acts row",
    )
    return el.article(
        stub(visit),
        el.div(words, acts, class_name="ticket-body"),
        class_name="ticket ticket-small",
        aria_label=visit.when,
        custom_attrs={"data-tone": visit.tone},
    )


def _ways() -> Component:
    ways = el.ul(
        el.li(
            ui.act_tile(texts.TO_BOOKING, texts.BOOKING_HINT, "/booking", "calendar", is_first=True)
        ),
        el.li(ui.act_tile(texts.ALL_VISITS, texts.VISITS_HINT, "/appointments", "ticket")),
        el.li(ui.act_tile(common.DOCUMENTS, texts.DOCUMENTS_HINT, "/documents", "document")),
        el.li(ui.act_tile(common.SERVICES, texts.SERVICES_HINT, "/services", "home")),
        el.li(ui.act_tile(common.RESULTS, texts.RESULTS_HINT, "/results", "check")),
        el.li(ui.act_tile(common.PREVENTION, texts.PREVENTION_HINT, "/prevention", "shield")),
        el.li(ui.act_tile(common.SETTINGS, texts.SETTINGS_HINT, "/settings", "message")),
        class_name="visits",
    )
    return rx.fragment(ways, help_note())


_LOADS = (HomeState.load, ReplacementsState.load, HoldingState.load)
PAGE = cabinet_page("/home", common.HOME, home, *_LOADS)
