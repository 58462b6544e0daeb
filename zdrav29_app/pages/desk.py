"""`/desk`: where an operator sits; for everybody else the page that is not there."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.desk_announcements import announcements
from zdrav29_app.pages.desk_clinic import applications, visits
from zdrav29_app.pages.desk_request import opened
from zdrav29_app.pages.not_found import nowhere
from zdrav29_app.pages.shell import Page, framed
from zdrav29_app.state.desk import DeskState
from zdrav29_app.state.desk_announcements import DeskAnnouncementsState
from zdrav29_app.state.desk_clinic import DeskClinicState
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import desk as texts
from zdrav29_app.texts import pages as page_texts
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = DeskState  # its fields are vars here


def desk() -> Component:
    """The desk, once it is known that there is one."""
    shown = rx.cond(state.is_open, _desk(), nowhere())
    return framed(_named(), rx.cond(state.loaded, shown, ui.skeleton(6)))


def _named() -> Words:
    known = rx.cond(state.is_open, common.DESK, page_texts.NOT_FOUND)
    return rx.cond(state.loaded, known, page_texts.LOADING)


def _desk() -> Component:
    everything = el.div(_requests(), *SECTIONS, class_name="stack-parts")
    one = rx.foreach(state.request, opened)
    return el.div(
        el.p(texts.LEAD, class_name="lead"),
        rx.cond(state.request.length() > 0, el.div(one), everything),
        class_name="stack",
    )


def _requests() -> Component:
    listed = rx.fragment(
        el.p(state.count, class_name="small soft"),
        el.ul(rx.foreach(state.queue, _queued), class_name="visits"),
    )
    everything = ui.link(texts.SHOW_OPEN, "/desk", kind="quiet")
    empty = ui.card(ui.empty(texts.NO_REQUESTS, texts.NO_REQUESTS_REASON, everything))
    return el.section(
        el.h2(texts.REQUESTS),
        _filter(),
        rx.cond(state.queue.length() > 0, listed, empty),
        class_name="stack",
    )


def _filter() -> Component:
    return el.form(
        el.div(
            ui.select_field(texts.TOPIC, "topic", state.topics, state.topic),
            ui.select_field(texts.STATUS, "status", state.statuses, state.status),
            el.div(ui.button(texts.SHOW, type="submit")),
            class_name="fields",
        ),
        on_submit=state.narrow,
        role="search",
        aria_label=texts.REQUESTS,
        class_name="card",
    )


def _queued(one: Any) -> Component:
    return el.li(
        el.div(
            el.h3(ui.link(one.title, one.href, name=one.open_name), class_name="numbers"),
            el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone}),
            class_name="apart",
        ),
        el.p(one.topic, ", ", one.who),
        rx.cond(one.about != "", el.p(one.about, class_name="small soft"), rx.fragment()),
        el.p(one.due, class_name="small soft numbers"),
        class_name="card card-tight",
    )


# under the queue, in this order
SECTIONS = (applications(), visits(), announcements())

PAGE = Page(
    "/desk",
    rx.cond(
        state.is_open,
        f"{common.DESK} — {common.SERVICE}",
        f"{page_texts.NOT_FOUND} — {common.SERVICE}",
    ),
    desk,
    [DeskState.load, DeskClinicState.load, DeskAnnouncementsState.load, ShellState.arrive_open],
)
