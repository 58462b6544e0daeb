"""The talon itself: a ticket for the screen and one sheet, and the same in large print."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.visits import status_tag, stub
from zdrav29_app.texts import pages as texts
from zdrav29_app.texts import talon as talon_texts
from zdrav29_app.ui.typing import Component, Words, el, rx


def talon(card: Any, *, name: Words) -> Component:
    """A ticket: the day to tear off, and beside it where, whom and what to bring."""
    return el.article(
        stub(card.visit),
        el.div(
            _head(card),
            _facts(card),
            _ready(card),
            _qr(card),
            class_name="ticket-body",
        ),
        class_name="ticket",
        aria_label=name,
        custom_attrs={"data-tone": card.visit.tone},
    )


def large_talon(card: Any) -> Component:
    """Talon, route and what to bring, in print that weak eyes read; one sheet."""
    visit = card.visit
    return el.div(
        el.p(
            ui.link(
                rx.fragment(ui.icon("back", size=20), talon_texts.BACK),
                visit.href,
                class_name="back",
            ),
            class_name="no-print",
        ),
        el.p(talon_texts.LARGE_TEXT, class_name="soft no-print"),
        el.div(ui.print_button(texts.PRINT, kind="primary"), class_name="row no-print"),
        el.article(
            el.h2(visit.day, " ", visit.month, ", ", visit.time, class_name="large-when numbers"),
            el.p(visit.weekday),
            ui.definition(
                (texts.PATIENT, card.patient),
                (texts.DOCTOR, rx.fragment(visit.title, ", ", visit.doctor)),
                (texts.WHERE, rx.fragment(visit.branch, ", ", visit.address, ", ", visit.room)),
                (talon_texts.ROUTE, card.directions),
                (texts.FRONT_DESK, el.span(card.phone, class_name="numbers")),
                (talon_texts.COME, talon_texts.COME_EARLY),
            ),
            _ready(card),
            class_name="large card",
            aria_label=talon_texts.LARGE,
        ),
        class_name="stack",
    )


def _head(card: Any) -> Component:
    visit = card.visit
    return el.div(
        el.div(el.h2(visit.title), status_tag(visit), class_name="apart"),
        el.p(visit.doctor),
        el.p(card.post, class_name="soft"),
        rx.foreach(card.notes, _note),
        class_name="stack-tight",
    )


def _note(words: Any) -> Component:
    return el.p(words, class_name="small soft")


def _facts(card: Any) -> Component:
    visit = card.visit
    place = rx.fragment(card.clinic, ", ", visit.branch, el.br(), visit.address)
    return ui.definition(
        (texts.ROOM, visit.room),
        (texts.WHERE, place),
        (talon_texts.ROUTE, card.directions),
        (texts.FRONT_DESK, el.span(card.phone, class_name="numbers")),
        (texts.PATIENT, rx.fragment(card.patient, ", ", card.birth_date)),
        (talon_texts.BASIS, card.basis),
        (talon_texts.COME, talon_texts.COME_EARLY),
    )


def _ready(card: Any) -> Component:
    """What to bring and how to get ready; nothing of a visit that is over."""
    bring = el.div(
        el.h3(talon_texts.BRING),
        el.ul(rx.foreach(card.bring, el.li), class_name="bullets"),
        class_name="stack-8",
    )
    prepare = el.div(el.h3(talon_texts.PREPARE), el.p(card.prepare), class_name="stack-8")
    return rx.cond(
        card.visit.is_cancellable,
        el.div(bring, rx.cond(card.prepare != "", prepare, rx.fragment()), class_name="ready"),
        rx.fragment(),
    )


def _qr(card: Any) -> Component:
    size = card.qr_size.to_string()
    code = el.svg(
        el.path(d=card.qr_path, custom_attrs={"stroke": "#000", "fill": "none"}),
        view_box="0 0 " + size + " " + size,
        role="img",
        aria_label=texts.QR,
        custom_attrs={"shapeRendering": "crispEdges"},
    )
    number = el.figcaption(card.visit.number, class_name="small numbers")
    return el.figure(code, number, class_name="qr")
