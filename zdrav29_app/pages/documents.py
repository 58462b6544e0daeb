"""`/documents`: medical documents."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.documents import DocumentsState
from zdrav29_app.texts import common
from zdrav29_app.texts import documents as texts
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = DocumentsState  # its fields are vars here


def documents() -> Component:
    """What to look for, and what was found."""
    none = ui.card(ui.empty(texts.NONE, texts.NONE_REASON, under_h1=True))
    listed = rx.fragment(_filter(), _found())
    ways = el.div(
        ui.link(texts.UPLOAD, "/documents/upload", kind="quiet"),
        ui.link(common.CERTIFICATES, "/certificates"),
        ui.link(common.RESULTS, "/results"),
        ui.link(common.RECORD, "/record"),
        class_name="row no-print",
    )
    content = rx.fragment(ways, rx.cond(state.has_any, listed, none))
    return rx.cond(state.loaded, content, ui.skeleton(6))


def _filter() -> Component:
    return el.form(
        el.div(
            _line(texts.FROM, "from", state.since, type="date"),
            _line(texts.UNTIL, "to", state.until, type="date"),
            ui.select_field(texts.KIND, "kind", state.kinds, state.kind),
            ui.select_field(texts.DOCTOR, "doctor", state.doctors, state.doctor),
            class_name="fields",
        ),
        _more(),
        el.div(
            ui.button(texts.FIND, kind="primary", type="submit"),
            rx.cond(state.is_filtered, ui.link(texts.RESET, "/documents"), rx.fragment()),
            class_name="row",
        ),
        on_submit=state.find,
        no_validate=True,
        aria_label=texts.FILTER,
        class_name="card no-print paper-search",
        custom_attrs={"role": "search"},
    )


def _more() -> Component:
    return el.details(
        el.summary(texts.MORE_FILTERS),
        el.div(
            ui.select_field(texts.INSTITUTION, "clinic", state.institutions, state.institution),
            ui.select_field(texts.FORMAT, "format", state.formats, state.format),
            _line(texts.WORDS, "words", state.words),
            class_name="fields",
        ),
        open=(state.institution != "") | (state.format != "") | (state.words != ""),
    )


def _line(label: str, field_id: str, value: Words, **attributes: Any) -> Component:
    # a new key makes the browser take the new value after each search
    return ui.text_field(label, field_id, default_value=value, key=value, **attributes)


def _found() -> Component:
    nothing = ui.card(
        ui.empty(
            texts.NOTHING,
            texts.NOTHING_REASON,
            ui.link(texts.RESET, "/documents", kind="quiet"),
            under_h1=True,
        )
    )
    listed = el.ul(rx.foreach(state.papers, _paper), class_name="papers")
    return rx.fragment(
        el.p(state.total, role="status", class_name="soft"),
        rx.cond(state.papers.length() > 0, listed, nothing),
        rx.cond(state.page != "", _turn(), rx.fragment()),
    )


def _paper(paper: Any) -> Component:
    return el.li(
        el.div(
            el.p(paper.day, class_name="small soft numbers"),
            el.div(
                el.h2(paper.name),
                rx.cond(paper.is_new, el.span(texts.NEW, class_name="new"), rx.fragment()),
                class_name="row paper-name",
            ),
            el.p(paper.kind, class_name="small"),
            rx.cond(paper.signed != "", el.p(paper.signed), rx.fragment()),
            el.p(paper.institution, class_name="small soft"),
            _marks(paper),
            class_name="stack-tight",
        ),
        _acts(paper),
        class_name="card paper",
    )


def _marks(paper: Any) -> Component:
    return el.p(
        el.span(paper.status, class_name="tag", custom_attrs={"data-tone": paper.tone}),
        el.span(paper.file, class_name="small soft numbers"),
        rx.cond(paper.is_damaged, mark(texts.DAMAGED, "danger"), rx.fragment()),
        rx.cond(paper.is_hidden, mark(texts.HIDDEN, "muted"), rx.fragment()),
        class_name="row",
    )


def mark(words: str, tone: str) -> Component:
    """A word about a document that is not as all the others."""
    return el.span(words, class_name="tag", custom_attrs={"data-tone": tone})


def _acts(paper: Any) -> Component:
    return el.div(
        ui.link(texts.OPEN, paper.href, kind="quiet", name=paper.open_name),
        ui.endpoint_link(texts.DOWNLOAD, paper.file_href, kind="quiet", name=paper.download_name),
        ui.link(texts.REPORT, paper.report_href, name=paper.report_name, class_name="report"),
        class_name="acts no-print",
    )


def _turn() -> Component:
    return el.nav(
        rx.cond(
            state.previous_href != "",
            ui.link(texts.PREVIOUS, state.previous_href, kind="quiet"),
            rx.fragment(),
        ),
        el.span(state.page, class_name="soft numbers"),
        rx.cond(
            state.next_href != "",
            ui.link(texts.NEXT, state.next_href, kind="quiet"),
            rx.fragment(),
        ),
        aria_label=texts.PAGES,
        class_name="row",
    )


PAGE = cabinet_page("/documents", common.DOCUMENTS, documents, DocumentsState.load)
