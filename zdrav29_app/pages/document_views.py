"""How a document looks: PDF in the browser's own viewer, a picture, a structured document.

A structured document is a page in a frame, its results as cards, and the file as it came.
"""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.state.document import DocumentState, Tab
from zdrav29_app.state.readable_cards import HEIGHT, WIDTH
from zdrav29_app.state.vision import VisionState
from zdrav29_app.texts import documents as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = DocumentState  # its fields are vars here
vision: Any = VisionState
FRAME = "sheet"
AS_WIDE_AS_THE_FRAME = "#navpanes=0&view=FitH"  # the browsers' viewers of PDF understand it


def shown() -> Component:
    """The document by its format."""
    return rx.match(
        state.format,
        ("pdf", _pdf()),
        ("jpg", _picture()),
        _structured(),
    )


def print_button() -> Component:
    """Prints a document in a frame without what stands around it, everything else with it."""
    is_framed = (state.page_href != "") & (state.tab == Tab.PAGE)
    whole = ui.print_button(texts.PRINT)
    return rx.cond(is_framed, ui.print_button(texts.PRINT, frame=FRAME), whole)


def _pdf() -> Component:
    return el.section(
        el.iframe(src=state.view_href + AS_WIDE_AS_THE_FRAME, title=state.alt, class_name="pdf"),
        el.p(
            texts.PDF_HINT + " ",
            ui.endpoint_link(texts.NEW_TAB, state.view_href, target="_blank"),
            class_name="small soft no-print",
        ),
        aria_label=texts.DOCUMENT,
        class_name="stack",
    )


def _picture() -> Component:
    size, turned = state.zoom.to_string() + "%", "rotate(" + state.turned.to_string() + "deg)"
    return el.section(
        el.div(
            ui.button(texts.ZOOM_IN, state.enlarge),
            ui.button(texts.ZOOM_OUT, state.shrink),
            ui.button(texts.TURN, state.turn),
            ui.button(texts.FIT, state.fit),
            class_name="row no-print",
        ),
        ui.key_area(
            el.div(
                el.img(src=state.view_href, alt=state.alt, style={"transform": turned}),
                class_name="picture-sheet",
                style={"width": size},
            ),
            on_key=state.press,
            aria_label=state.alt,
            aria_describedby="picture-hint",
            class_name="picture",
        ),
        el.p(texts.PICTURE_HINT, id="picture-hint", class_name="small soft no-print"),
        aria_label=texts.DOCUMENT,
        class_name="stack",
    )


def _structured() -> Component:
    results = _tab(texts.RESULTS, state.show_results, Tab.RESULTS)
    tabs = el.div(
        rx.cond(state.sections.length() > 0, results, rx.fragment()),
        _tab(texts.DOCUMENT, state.show_readable, Tab.PAGE),
        _tab(texts.SOURCE, state.show_source, Tab.SOURCE),
        class_name="row tabs no-print",
    )
    return el.section(
        tabs,
        rx.match(state.tab, (Tab.SOURCE, _source()), (Tab.RESULTS, _results()), _page()),
        aria_label=texts.DOCUMENT,
        class_name="stack",
    )


def _tab(words: str, on_click: Any, tab: Tab) -> Component:
    return ui.button(words, on_click, aria_pressed=rx.cond(state.tab == tab, "true", "false"))


def _page() -> Component:
    explained = el.ul(rx.foreach(state.explained, el.li), class_name="bullets small soft")
    return el.div(
        ui.framed_page(
            state.page_href + "&" + vision.kept,
            title=texts.DOCUMENT + ": " + state.alt,
            id=FRAME,
        ),
        rx.cond(state.explained.length() > 0, explained, rx.fragment()),
        class_name="stack",
    )


def _source() -> Component:
    return el.div(
        el.p(texts.SOURCE_LEAD, class_name="soft"),
        el.pre(state.source, tab_index=0, aria_label=texts.SOURCE, role="group", class_name="tree"),
        class_name="stack",
    )


def _results() -> Component:
    advice = rx.cond(state.has_outside, ui.notice(el.p(texts.OUTSIDE_ADVICE)), rx.fragment())
    return el.div(rx.foreach(state.sections, _section), advice, class_name="stack")


def _section(section: Any) -> Component:
    return ui.card(
        el.h2(section.title),
        el.ul(rx.foreach(section.results, result), class_name="results"),
    )


def result(one: Any) -> Component:
    """One result: what, how much, where it should be, and how it went before."""
    return el.li(
        el.div(
            el.div(
                el.h3(one.name),
                rx.cond(one.term != "", el.p(one.term, class_name="small soft"), rx.fragment()),
                class_name="stack-tight",
            ),
            el.p(el.b(one.value), class_name="numbers result-value"),
            el.div(
                el.span(one.verdict, class_name="tag", custom_attrs={"data-tone": one.tone}),
                el.p(texts.RANGE + ": ", one.bounds, class_name="small soft numbers"),
                class_name="stack-tight",
            ),
            class_name="result",
        ),
        rx.cond(one.points.length() > 0, _trend(one), rx.fragment()),
        ui.link(
            texts.REPORT, one.report_href, name=one.report_name, class_name="report small no-print"
        ),
    )


def _trend(one: Any) -> Component:
    picture = el.svg(
        el.path(d=one.band, class_name="trend-band"),
        el.path(d=one.line, class_name="trend-line"),
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        aria_hidden="true",
        class_name="trend",
    )
    headings = (texts.ISSUED, texts.RESULT, texts.VERDICT)
    table = el.table(
        el.caption(one.trend_name, class_name="hidden"),
        el.thead(el.tr(*[el.th(words, scope="col") for words in headings])),
        el.tbody(rx.foreach(one.points, _point)),
        class_name="numbers",
    )
    return el.details(el.summary(texts.TREND, aria_label=one.trend_name), picture, table)


def _point(point: Any) -> Component:
    return el.tr(el.td(point.day), el.td(point.value), el.td(point.verdict))
