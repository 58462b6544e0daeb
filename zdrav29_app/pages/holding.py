"""A time that is held: a timer to see and a few words to hear; the way back for who went away."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.session_end import A_MINUTE, HALF_A_MINUTE, WARN_SECONDS
from zdrav29_app.state.holding import HoldingState
from zdrav29_app.texts import checking as texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = HoldingState  # its fields are vars here


def left_behind() -> Component:
    """The time that was chosen and not booked; nothing when there is none."""
    return rx.fragment(rx.foreach(state.left_behind, _left_behind))


def _left_behind(choice: Any) -> Component:
    return ui.notice(
        el.p(choice.words),
        el.div(ui.link(texts.GO_ON, choice.href, kind="quiet"), class_name="row"),
    )


def hold_line(left: Words, *, ended: str) -> Component:
    """The timer of a hold with so many seconds left, or the words for its end."""
    # the region exists before its words, so that screen readers announce them
    said = el.p(
        rx.cond(left >= 0, _spoken(left, ended), ""), role="status", class_name="hidden-visually"
    )
    shown = el.p(
        ui.icon("clock", size=20),
        el.span(texts.HELD, el.b(live.minutes_and_seconds(left), class_name="numbers")),
        aria_hidden="true",
        class_name="hold",
    )
    over = ui.notice(el.p(ended))
    return rx.fragment(said, rx.cond(left > 0, shown, rx.cond(left == 0, over, "")))


def _spoken(left: Words, ended: str) -> Words:
    soon = rx.cond(left > HALF_A_MINUTE, texts.HELD_1_MINUTE, texts.HELD_30_SECONDS)
    near = rx.cond(left > A_MINUTE, texts.HELD_2_MINUTES, soon)
    return rx.cond(left > WARN_SECONDS, "", rx.cond(left == 0, ended, near))
