"""`/attachment/history`: every attachment and every application, to read and to print."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.attachment_history import AttachmentHistoryState
from zdrav29_app.texts import attachment as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = AttachmentHistoryState  # its fields are vars here


def history() -> Component:
    """Terms first, then applications."""
    content = rx.fragment(
        _section(texts.TERMS, state.terms, _term, texts.NO_TERMS),
        _section(texts.APPLICATIONS, state.applications, _application, texts.NO_APPLICATIONS),
        el.div(ui.print_button(texts.PRINT), class_name="no-print"),
    )
    back = ui.link(
        rx.fragment(ui.icon("back", size=20), texts.BACK), "/attachment", class_name="back"
    )
    return el.div(
        el.p(back, class_name="no-print"),
        rx.cond(state.loaded, content, ui.skeleton(6)),
        class_name="stack narrow",
    )


def _section(title: str, cards: Any, row: Any, nothing: str) -> Component:
    listed = el.ul(rx.foreach(cards, row), class_name="stack-8")
    return el.section(
        el.h2(title),
        rx.cond(cards.length() > 0, listed, el.p(nothing, class_name="soft")),
        class_name="stack",
    )


def _term(one: Any) -> Component:
    return el.li(
        el.p(el.b(one.clinic)),
        el.p(one.term, ", ", one.why, class_name="numbers"),
        el.p(one.doctor, class_name="small soft"),
        class_name="card card-tight",
    )


def _application(one: Any) -> Component:
    tag = el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone})
    return el.li(
        el.div(el.b(one.title), tag, class_name="apart"),
        el.p(one.clinic),
        el.p(one.reason, ". ", one.next),
        el.p(one.dates, class_name="small soft numbers"),
        class_name="card card-tight",
    )


PAGE = cabinet_page("/attachment/history", texts.HISTORY, history, AttachmentHistoryState.load)
