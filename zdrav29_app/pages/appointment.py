"""`/appointments/<number>`: one talon, like a ticket one wants to keep."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, framed_place
from zdrav29_app.pages.visits import ask, status_tag, stub
from zdrav29_app.state.appointment import AppointmentState
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = AppointmentState  # its fields are vars here


def appointment() -> Component:
    """The talon, or that there is none."""
    found = rx.fragment(
        rx.cond(state.just_booked, _just_booked(), rx.fragment()),
        rx.foreach(state.visit, _talon),
    )
    shown = rx.cond(state.visit.length() > 0, found, _none())
    heading = rx.cond(state.heading != "", state.heading, texts.TALON.removesuffix(" № "))
    return framed_place(heading, rx.cond(state.loaded, shown, ui.skeleton(6)))


def _just_booked() -> Component:
    return ui.done(texts.BOOKED_TITLE, el.p(texts.BOOKED_TEXT))


def _talon(visit: Any) -> Component:
    return el.article(
        stub(visit),
        el.div(
            el.div(
                el.div(el.h2(visit.title), status_tag(visit), class_name="apart"),
                el.p(visit.doctor),
                el.p(visit.post, class_name="soft"),
                class_name="stack-tight",
            ),
            _details(visit),
            _qr(visit),
            _acts(visit),
            class_name="ticket-body",
        ),
        class_name="ticket",
        aria_label=state.heading,
        custom_attrs={"data-tone": visit.tone},
    )


def _details(visit: Any) -> Component:
    return ui.definition(
        (texts.ROOM, visit.room),
        (texts.WHERE, rx.fragment(visit.clinic, ", ", visit.branch, el.br(), visit.address)),
        (texts.DIRECTIONS, visit.directions),
        (texts.FRONT_DESK, el.span(visit.phone, class_name="numbers")),
        (texts.PATIENT, rx.fragment(visit.patient, ", ", visit.birth_date)),
        (texts.BRING, texts.BRING_WHAT),
    )


def _acts(visit: Any) -> Component:
    buttons = el.div(
        ui.endpoint_link(
            texts.TO_CALENDAR, visit.calendar_href, kind="quiet", name=visit.calendar_name
        ),
        ui.button(texts.CANCEL, state.ask_cancel, kind="danger", name=visit.cancel_name),
        class_name="acts row",
    )
    question = el.div(ask(state.cancel, state.keep_visit), class_name="acts")
    return rx.cond(visit.is_cancellable, rx.cond(state.asked, question, buttons), rx.fragment())


def _qr(visit: Any) -> Component:
    size = visit.qr_size.to_string()
    code = el.svg(
        el.path(d=visit.qr_path, custom_attrs={"stroke": "#000", "fill": "none"}),
        view_box="0 0 " + size + " " + size,
        role="img",
        aria_label=texts.QR,
        custom_attrs={"shapeRendering": "crispEdges"},
    )
    return el.figure(code, el.figcaption(visit.number, class_name="small numbers"), class_name="qr")


def _none() -> Component:
    return ui.card(
        ui.empty(
            texts.NO_TALON,
            texts.NO_TALON_REASON,
            ui.link(texts.ALL_VISITS, "/appointments", kind="primary"),
            under_h1=True,
        )
    )


PAGE = Page(
    "/appointments/[number]",
    f"{texts.TALON.removesuffix(' № ')} — {common.SERVICE}",
    appointment,
    [AppointmentState.load, ShellState.arrive],
)
