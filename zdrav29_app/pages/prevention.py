"""`/prevention`: check-up and vaccinations by age and sex."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.prevention import PreventionState
from zdrav29_app.texts import common
from zdrav29_app.texts import prevention as texts
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = PreventionState  # its fields are vars here


def prevention() -> Component:
    """The check-up first, then vaccinations; each says where it is written."""
    book = ui.link(texts.BOOK, "/booking?speciality=therapist&show=1", kind="primary")
    content = rx.fragment(
        ui.card(
            el.h2(texts.CHECK_UP),
            el.p(state.check_up),
            rx.cond(state.is_due, el.div(book), rx.fragment()),
            _lines(texts.EXAMINATIONS, state.examinations, el.p(texts.FOR_ALL)),
            # children, who have none of these examinations, are examined by another order
            rx.cond(state.examinations.length() > 0, _source(texts.CHECK_UP_SOURCE), rx.fragment()),
        ),
        ui.card(
            el.h2(texts.VACCINATIONS),
            _bullets(state.vaccinations),
            _lines(texts.VACCINATIONS_DONE, state.done),
            rx.cond(state.done.length() > 0, rx.fragment(), el.p(texts.NO_VACCINATIONS)),
            _source(texts.VACCINATIONS_SOURCE),
        ),
    )
    return rx.cond(state.loaded, content, ui.skeleton(6))


def _lines(title: str, lines: Words, *before: Component) -> Component:
    shown = el.div(el.h3(title), *before, _bullets(lines), class_name="stack-8")
    return rx.cond(lines.length() > 0, shown, rx.fragment())


def _source(words: str) -> Component:
    return el.p(words, class_name="small soft")


def _bullets(lines: Words) -> Component:
    return el.ul(rx.foreach(lines, el.li), class_name="bullets")


PAGE = cabinet_page("/prevention", common.PREVENTION, prevention, PreventionState.load)
