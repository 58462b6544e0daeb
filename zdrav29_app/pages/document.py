"""`/documents/<id>`: one document. The title of the tab never names what it is about."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.document_views import print_button, shown
from zdrav29_app.pages.documents import mark
from zdrav29_app.pages.shell import Page, framed_place
from zdrav29_app.state.document import DocumentState
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import documents as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = DocumentState  # its fields are vars here


def document() -> Component:
    """The document with what is known of it, or that there is none."""
    heading = rx.cond(state.heading != "", state.heading, texts.DOCUMENT)
    found = rx.foreach(state.paper, _document)
    content = rx.cond(state.paper.length() > 0, found, _none())
    return framed_place(heading, rx.cond(state.loaded, content, ui.skeleton(6)))


def _document(paper: Any) -> Component:
    return rx.fragment(
        rx.cond(state.is_annulled, _warning(texts.ANNULLED, texts.ANNULLED_TEXT), rx.fragment()),
        rx.cond(state.is_earlier, _earlier(paper), rx.fragment()),
        rx.cond(state.is_broken, rx.fragment(), _acts(paper)),
        ui.columns(
            el.div(
                rx.cond(state.is_broken, _broken(paper), shown()),
                rx.cond(state.changed != "", _changes(), rx.fragment()),
                class_name="stack",
            ),
            rx.fragment(_about(paper), _versions(), _accesses(paper)),
            label=texts.ABOUT,
        ),
    )


def _acts(paper: Any) -> Component:
    return el.div(
        ui.endpoint_link(texts.DOWNLOAD, paper.file_href, kind="primary", name=paper.download_name),
        print_button(),
        ui.link(texts.REPORT, paper.report_href, kind="quiet", name=paper.report_name),
        class_name="row no-print",
    )


def _warning(title: str, text: str) -> Component:
    return ui.notice(el.p(el.b(title), ". ", text))


def _earlier(paper: Any) -> Component:
    return ui.notice(el.p(texts.SHOWN_VERSION, " ", ui.link(texts.LAST_VERSION, paper.href)))


def _broken(paper: Any) -> Component:
    return ui.alert(
        texts.BROKEN,
        texts.BROKEN_TEXT,
        el.p(texts.CODE_WORD, el.b(texts.CODE), class_name="small numbers"),
        el.div(
            ui.endpoint_link(
                texts.DOWNLOAD, paper.file_href, kind="quiet", name=paper.download_name
            ),
            ui.link(texts.REPORT, paper.report_href, kind="quiet", name=paper.report_name),
            class_name="row",
        ),
        code=texts.CODE,
        request_id=state.request_id,
    )


def _about(paper: Any) -> Component:
    signed = rx.cond(paper.signed != "", paper.signed, texts.OWN)
    return ui.card(
        el.h2(texts.ABOUT),
        ui.definition(
            (texts.TYPE, paper.kind),
            (texts.ISSUED, paper.day),
            (texts.SIGNED, signed),
            (texts.WHERE, paper.institution),
            (texts.STATUS, mark(paper.status, paper.tone)),
            (texts.FILE, el.span(paper.file, class_name="numbers")),
        ),
    )


def _versions() -> Component:
    listed = ui.card(
        el.h2(texts.VERSIONS),
        el.ul(rx.foreach(state.versions, _version), class_name="bullets"),
    )
    return rx.cond(state.versions.length() > 0, listed, rx.fragment())


def _version(version: Any) -> Component:
    current = rx.cond(version.is_shown, "true", "false")
    return el.li(ui.link(version.line, version.href, aria_current=current))


def _changes() -> Component:
    listed = el.ul(rx.foreach(state.changes, _change), class_name="stack")
    none = el.p(texts.NO_CHANGES, class_name="soft")
    return ui.card(
        el.h2(state.changed), rx.cond(state.changes.length() > 0, listed, none), id="changes"
    )


def _change(one: Any) -> Component:
    return el.li(
        el.h3(one.place),
        el.dl(
            el.div(el.dt(texts.WAS), el.dd(el.del_(one.was))),
            el.div(el.dt(texts.NOW), el.dd(el.ins(one.now))),
            class_name="rows changed",
        ),
        class_name="stack-8",
    )


def _accesses(paper: Any) -> Component:
    hide = rx.cond(
        paper.is_hidden,
        ui.button(texts.SHOW, state.unhide),
        ui.button(texts.HIDE, state.hide),
    )
    may_hide = el.div(
        el.p(texts.HIDE_HINT, class_name="small soft"), el.div(hide), class_name="stack-8"
    )
    card = ui.card(
        el.h2(texts.WHO_LOOKED),
        el.ul(rx.foreach(state.accesses, _access), class_name="stack-8 small"),
        rx.cond(state.may_hide, may_hide, rx.fragment()),
    )
    return el.div(card, class_name="no-print")


def _access(access: Any) -> Component:
    return el.li(el.b(access.who), ", ", access.act, el.br(), access.when, class_name="numbers")


def _none() -> Component:
    return ui.card(
        ui.empty(
            texts.NO_DOCUMENT,
            texts.NO_DOCUMENT_REASON,
            ui.link(texts.ALL, "/documents", kind="primary"),
            under_h1=True,
        )
    )


PAGE = Page(
    "/documents/[document_id]",
    texts.TITLE,
    document,
    [DocumentState.load, ShellState.arrive],
)
