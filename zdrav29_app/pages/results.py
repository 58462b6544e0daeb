"""`/results`: the last value of each test, and how it went before."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.document_views import result
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.results import ResultsState
from zdrav29_app.texts import common
from zdrav29_app.texts import documents as texts
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = ResultsState  # its fields are vars here


def results() -> Component:
    """What is outside first, then the rest."""
    has_outside, has_inside = state.outside.length() > 0, state.inside.length() > 0
    none = ui.card(
        ui.empty(
            texts.NO_RESULTS,
            texts.NO_RESULTS_REASON,
            ui.link(common.DOCUMENTS, "/documents", kind="quiet"),
            under_h1=True,
        )
    )
    listed = rx.fragment(
        el.p(texts.RESULTS_LEAD, class_name="soft"),
        rx.cond(
            has_outside,
            rx.fragment(_part(texts.OUTSIDE, state.outside), ui.notice(el.p(texts.OUTSIDE_ADVICE))),
            rx.fragment(),
        ),
        rx.cond(has_inside, _part(texts.INSIDE, state.inside), rx.fragment()),
    )
    return rx.cond(state.loaded, rx.cond(has_outside | has_inside, listed, none), ui.skeleton(6))


def _part(title: str, found: Words) -> Component:
    return ui.card(el.h2(title), el.ul(rx.foreach(found, result), class_name="results"))


PAGE = cabinet_page("/results", common.RESULTS, results, ResultsState.load)
