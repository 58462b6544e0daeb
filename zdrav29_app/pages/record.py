"""`/record`: what is known of the patient, on one page to print."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.record import RecordState
from zdrav29_app.texts import common
from zdrav29_app.texts import documents as texts
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = RecordState  # its fields are vars here


def record() -> Component:
    """Who it is, then what is known, each part even when there is nothing in it."""
    content = rx.fragment(
        el.p(ui.print_button(texts.PRINT), class_name="no-print"),
        ui.card(
            ui.definition(
                (texts.PATIENT, state.name),
                (texts.BORN, state.born),
                (texts.POLICY, el.span(state.policy, class_name="numbers")),
                (texts.CLINIC, state.clinic),
            )
        ),
        _part(texts.OBSERVED, state.observed, el.li, none=texts.NO_DIAGNOSES),
        ui.card(el.h2(texts.ALLERGIES), el.p(texts.NO_ALLERGIES)),
        _part(texts.VACCINATIONS, state.vaccinations, el.li, none=texts.NOTHING_KNOWN),
        _part(texts.VISITS, state.visits, _visit, none=texts.NOTHING_KNOWN),
        _part(texts.LAST_DOCUMENTS, state.papers, _paper, none=texts.NOTHING_KNOWN),
    )
    return rx.cond(state.loaded, content, ui.skeleton(8))


def _part(title: str, found: Words, line: Any, *, none: str) -> Component:
    listed = el.ul(rx.foreach(found, line), class_name="bullets")
    return ui.card(el.h2(title), rx.cond(found.length() > 0, listed, el.p(none)))


def _visit(visit: Any) -> Component:
    return el.li(visit.when, ". ", visit.title, ", ", visit.doctor, ". ", visit.status)


def _paper(paper: Any) -> Component:
    return el.li(paper.day, ". ", ui.link(paper.name, paper.href))


PAGE = cabinet_page("/record", common.RECORD, record, RecordState.load)
