"""`/appointments/<number>`: one talon, like a ticket one wants to keep."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.replacements import replacements
from zdrav29_app.pages.shell import Page, framed_place
from zdrav29_app.pages.talon import large_talon, talon
from zdrav29_app.pages.visits import ask
from zdrav29_app.state.appointment import AppointmentState
from zdrav29_app.state.replacements import ReplacementsState
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.texts import talon as talon_texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, el, rx

state: Any = AppointmentState  # its fields are vars here


def appointment() -> Component:
    """The talon, large or as a ticket, or that there is none."""
    found = rx.foreach(state.talon, _found)
    shown = rx.cond(state.talon.length() > 0, rx.fragment(replacements(), found), _none())
    heading = rx.cond(state.heading != "", state.heading, texts.TALON.removesuffix(" № "))
    return framed_place(heading, rx.cond(state.loaded, shown, ui.skeleton(6)))


def _found(card: Any) -> Component:
    ticket = el.div(
        rx.cond(state.just_booked, _just_booked(), rx.fragment()),
        rx.cond(state.paper == "sheet", el.span(**live.prints_at_once), rx.fragment()),
        talon(card, name=state.heading),
        rx.cond(card.visit.is_cancellable, _acts(card), _again(card)),
        class_name="stack",
    )
    return rx.cond(state.paper == "large", large_talon(card), ticket)


def _just_booked() -> Component:
    return ui.done(texts.BOOKED_TITLE, el.p(texts.BOOKED_TEXT))


def _acts(card: Any) -> Component:
    return el.div(_keep(card), _send(), _change(card), class_name="pair no-print")


def _keep(card: Any) -> Component:
    visit = card.visit
    return ui.card(
        el.h2(talon_texts.SAVE_TITLE),
        el.div(
            ui.endpoint_link(texts.TO_CALENDAR, visit.calendar_href, kind="quiet"),
            ui.endpoint_link(talon_texts.PDF, card.pdf_href, kind="quiet"),
            ui.print_button(texts.PRINT),
            ui.link(talon_texts.LARGE, card.large_href, kind="quiet"),
            class_name="row",
        ),
    )


def _send() -> Component:
    reachable = (state.phone != "") | (state.email != "")
    return ui.card(
        el.h2(talon_texts.SEND_TITLE),
        rx.cond(reachable, el.p(state.where, class_name="soft numbers"), rx.fragment()),
        el.div(
            _send_by("sms", talon_texts.SEND_SMS, state.phone),
            _send_by("email", talon_texts.SEND_EMAIL, state.email),
            class_name="row",
        ),
        _missing(talon_texts.NO_PHONE, state.phone),
        _missing(talon_texts.NO_EMAIL, state.email),
        el.p(state.sent, role="status", class_name="numbers"),
    )


def _send_by(channel: str, words: str, contact: Any) -> Component:
    return rx.cond(contact != "", ui.button(words, state.send(channel)), rx.fragment())


def _missing(words: str, contact: Any) -> Component:
    way_on = ui.outside_link(talon_texts.ADD_CONTACT, state.profile_href)
    return rx.cond(contact == "", el.p(words, " ", way_on, "."), rx.fragment())


def _change(card: Any) -> Component:
    visit = card.visit
    buttons = el.div(
        ui.link(texts.MOVE, visit.move_href, kind="quiet"),
        ui.button(texts.CANCEL, state.ask_cancel, kind="danger"),
        class_name="row",
    )
    question = ask(visit, state.cancel, state.keep_visit)
    return ui.card(
        el.h2(talon_texts.PLANS_TITLE),
        rx.cond(
            state.asked,
            question,
            rx.fragment(el.p(talon_texts.PLANS_TEXT, class_name="soft"), buttons),
        ),
    )


def _again(card: Any) -> Component:
    return ui.card(
        el.h2(talon_texts.AGAIN_TITLE),
        el.div(ui.link(talon_texts.AGAIN, card.again_href, kind="quiet"), class_name="row"),
        custom_attrs={"data-kind": "help"},
    )


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
    [AppointmentState.load, ReplacementsState.load, ShellState.arrive],
)
