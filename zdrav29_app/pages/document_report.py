"""`/documents/<id>/report`: telling of an error in a document."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.document_upload import sent_with_progress
from zdrav29_app.pages.shell import Page, draft, framed_place
from zdrav29_app.pages.support import files
from zdrav29_app.state.document_report import DocumentReportState
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.support import TEXT_LIMIT
from zdrav29_app.texts import common
from zdrav29_app.texts import documents as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = DocumentReportState  # its fields are vars here
SENT = "sent"


def report() -> Component:
    """The form with what was told before, or that there is no such document."""
    none = ui.card(
        ui.empty(
            texts.NO_DOCUMENT,
            texts.NO_DOCUMENT_REASON,
            ui.link(texts.ALL, "/documents", kind="primary"),
            under_h1=True,
        )
    )
    found = rx.fragment(_sent(), rx.foreach(state.paper, _form), _mine())
    content = rx.cond(state.paper.length() > 0, found, none)
    return framed_place(texts.REPORT_TITLE, rx.cond(state.loaded, content, ui.skeleton(6)))


def _sent() -> Component:
    done = el.div(ui.done(texts.SENT, el.p(state.sent)), on_mount=rx.set_focus(SENT))
    shown = rx.cond(state.sent != "", done, rx.fragment())
    return el.div(shown, id=SENT, role="status", tab_index=-1, class_name="live")


def _form(paper: Any) -> Component:
    return ui.endpoint_form(
        paper.file_href + "/report",
        el.div(
            el.h2(paper.name),
            el.p(paper.day, ". ", paper.signed, class_name="soft"),
            class_name="stack-tight",
        ),
        _what(),
        sent_with_progress(),
        el.div(
            ui.button(texts.SEND, kind="primary", type="submit"),
            ui.link(texts.BACK, paper.href),
            class_name="row",
        ),
        enc_type="multipart/form-data",
        custom_attrs=draft("report-" + paper.href, accepted=state.sent),
        class_name="card",
    )


def _what() -> Component:
    return rx.fragment(
        el.div(
            ui.select_field(texts.REPORT_KIND, "kind", state.kinds, state.kind),
            ui.select_field(texts.REPORT_FIELD, "field", state.fields, state.field),
            class_name="fields",
        ),
        ui.text_area(
            texts.REPORT_TEXT,
            "text",
            hint=texts.REPORT_HINT,
            required=True,
            max_length=TEXT_LIMIT,
        ),
        ui.text_field(
            texts.REPORT_PHOTO,
            "photo",
            hint=el.p(texts.REPORT_PHOTO_HINT, class_name="small soft"),
            type="file",
            accept="image/jpeg",
        ),
    )


def _mine() -> Component:
    listed = el.section(
        el.h2(texts.MY_REPORTS),
        el.ul(rx.foreach(state.reports, _report), class_name="stack"),
        class_name="stack",
    )
    return rx.cond(state.reports.length() > 0, listed, rx.fragment())


def _report(one: Any) -> Component:
    return el.li(
        el.div(
            el.h3(one.title, class_name="numbers"),
            el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone}),
            class_name="apart",
        ),
        el.p(one.when, class_name="small soft"),
        el.p(one.about, class_name="small"),
        el.ol(rx.foreach(one.thread, _said), class_name="thread"),
        files(one),
        class_name="card",
    )


def _said(said: Any) -> Component:
    return el.li(el.p(said.text, class_name="typed"))


PAGE = Page(
    "/documents/[document_id]/report",
    f"{texts.REPORT_TITLE} — {common.SERVICE}",
    report,
    [DocumentReportState.load, ShellState.arrive],
)
