"""`/status`: how the services are and were, planned works, and what to do meanwhile."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, framed
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.status import StatusState
from zdrav29_app.texts import common
from zdrav29_app.texts import status as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = StatusState  # its fields are vars here


def status() -> Component:
    """The whole in one line, every service, works to come, advice."""
    content = ui.stack(
        _whole(),
        ui.columns(
            el.section(
                el.h2(texts.SERVICES, class_name="hidden-visually"),
                el.ul(rx.foreach(state.services, _service), class_name="stack"),
                _legend(),
                class_name="stack",
            ),
            rx.fragment(_works(), _always()),
            label=texts.WHAT_TO_DO,
        ),
    )
    return framed(common.STATUS, rx.cond(state.loaded, content, ui.skeleton(8)))


def _whole() -> Component:
    words = el.div(
        el.p(el.b(state.title), class_name="lead"),
        el.p(state.checked, class_name="soft numbers"),
        class_name="stack-tight",
    )
    return el.div(
        rx.cond(state.all_work, ui.icon("check", size=28), ui.icon("warning", size=28)),
        words,
        class_name=rx.cond(state.all_work, "says says-done", "says says-alert"),
    )


def _service(one: Any) -> Component:
    advice = el.div(
        el.p(one.advice),
        el.p(texts.IF_URGENT, ui.phone_link(common.SUPPORT_PHONE)),
        class_name="advice stack-8",
    )
    return el.li(
        el.div(
            el.div(
                el.h3(one.name),
                el.p(one.about, class_name="small soft"),
                class_name="stack-tight",
            ),
            el.p(
                el.span(one.state, class_name="tag", custom_attrs={"data-tone": one.tone}),
                rx.cond(one.since != "", rx.fragment(" ", one.since), rx.fragment()),
                class_name="service-state",
            ),
            class_name="apart service-head",
        ),
        rx.cond(one.advice != "", advice, rx.fragment()),
        el.ol(
            rx.foreach(one.stretches, _stretch),
            class_name="strip",
            aria_label=one.strip_name,
        ),
        el.p(
            el.span(texts.OLDEST), el.span(texts.NEWEST), class_name="small soft apart strip-ends"
        ),
        el.p(one.summary, class_name="small"),
        rx.cond(one.failed.length() > 0, _failed(one), rx.fragment()),
        class_name="card card-tight service",
    )


def _stretch(stretch: Any) -> Component:
    return el.li(
        el.span(stretch.name, class_name="hidden-visually"),
        title=stretch.name,
        style={"flexGrow": stretch.days},
        custom_attrs={"data-level": stretch.level},
    )


def _failed(one: Any) -> Component:
    return el.details(
        el.summary(texts.FAILED_DAYS, aria_label=texts.FAILED_DAYS + ": " + one.name),
        el.ul(rx.foreach(one.failed, _line), class_name="stack-tight"),
        class_name="small",
    )


def _line(words: Any) -> Component:
    return el.li(words)


def _legend() -> Component:
    items = [
        el.li(
            el.span(custom_attrs={"data-level": level}, class_name="square", aria_hidden="true"),
            words,
        )
        for level, words in texts.LEGEND
    ]
    return el.ul(*items, class_name="legend small soft")


def _works() -> Component:
    listed = el.ul(rx.foreach(state.works, _work), class_name="stack")
    return ui.card(
        el.h2(texts.WORKS_TITLE),
        rx.cond(state.works.length() > 0, listed, el.p(texts.NO_WORKS, class_name="soft")),
    )


def _work(one: Any) -> Component:
    return el.li(
        el.p(el.b(one.when), class_name="numbers"),
        el.p(one.text),
        class_name="stack-tight",
    )


def _always() -> Component:
    return ui.card(
        el.h2(texts.ALWAYS_TITLE),
        el.ol(*[el.li(words) for words in texts.ALWAYS], class_name="numbered"),
        el.div(ui.link(texts.REPORT, "/support", kind="quiet")),
    )


PAGE = Page(
    "/status",
    f"{common.STATUS} — {common.SERVICE}",
    status,
    [StatusState.load, ShellState.arrive_still],
)
