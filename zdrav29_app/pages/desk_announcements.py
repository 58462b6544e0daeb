"""What an operator tells everybody: an outage stands on every page until she takes it away."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.state.desk_announcements import LONGEST_TEXT, DeskAnnouncementsState
from zdrav29_app.texts import desk as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = DeskAnnouncementsState  # its fields are vars here


def announcements() -> Component:
    """What is announced, and the form that announces an outage."""
    listed = el.ul(rx.foreach(state.announced, _announced), class_name="visits")
    return el.section(
        el.h2(texts.ANNOUNCEMENTS),
        rx.cond(state.announced.length() > 0, listed, rx.fragment()),
        _form(),
        class_name="stack",
    )


def _announced(one: Any) -> Component:
    return el.li(
        el.h3(one.title),
        el.p(one.text),
        el.p(one.when, class_name="small soft numbers"),
        el.div(ui.button(texts.END, state.end(one.id), name=one.end_name)),
        class_name="card card-tight",
        key=one.id,
    )


def _form() -> Component:
    return el.form(
        el.p(texts.OUTAGE_HINT, class_name="soft"),
        ui.select_field(texts.SERVICE, "service", state.services, ""),
        ui.text_field(texts.OUTAGE, "outage", problem=state.text_problem, max_length=LONGEST_TEXT),
        el.div(ui.button(texts.ANNOUNCE, kind="primary", type="submit")),
        on_submit=state.announce,
        key=state.sent_count,
        no_validate=True,
        class_name="card",
    )
