"""The end of a session, announced two minutes ahead (WCAG 2.2.1), and its end."""

from zdrav29_app import ui
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, Words, el, rx

WARN_SECONDS, A_MINUTE, HALF_A_MINUTE = 120, 60, 30


def session_end() -> Component:
    """A bar at the foot of the window; a screen reader hears it at 2 minutes, 1 and 30 seconds."""
    left = live.seconds_left("session", ShellState.idle_seconds, restart=ShellState.signs_of_life)
    is_near = (left >= 0) & (left <= WARN_SECONDS)
    # the region exists before its words, so that screen readers announce them
    said = el.p(rx.cond(is_near, _spoken(left), ""), role="status", class_name="hidden-visually")
    bar = rx.cond(left > 0, _warning(left), _ended())
    return rx.fragment(said, rx.cond(is_near, el.div(bar, class_name="session-end"), rx.fragment()))


def _spoken(left: Words) -> Words:
    soon = rx.cond(left > HALF_A_MINUTE, texts.ENDS_IN_1_MINUTE, texts.ENDS_IN_30_SECONDS)
    return rx.cond(
        left <= 0, texts.SESSION_ENDED, rx.cond(left > A_MINUTE, texts.ENDS_IN_2_MINUTES, soon)
    )


def _warning(left: Words) -> Component:
    return rx.fragment(
        el.p(
            texts.ENDS_IN,
            el.b(live.minutes_and_seconds(left), class_name="numbers"),
            aria_hidden="true",
        ),
        ui.button(texts.STAY, ShellState.stay, kind="primary"),
    )


def _ended() -> Component:
    return rx.fragment(
        el.p(texts.SESSION_ENDED, aria_hidden="true"),
        ui.endpoint_link(texts.SIGN_IN_AGAIN, ShellState.sign_in_href, kind="primary"),
    )
