"""`/`: the way in."""

from zdrav29_app import ui
from zdrav29_app.pages.landscape import landscape
from zdrav29_app.pages.shell import Page, framed, heading_line
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.sign_in import SignInState
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el, rx


def sign_in() -> Component:
    """What the cabinet is, and the one act."""
    return framed(texts.TITLE, rx.fragment(_hero(), _promises()), hides_heading=True)


def _hero() -> Component:
    destination = el.p(texts.AFTER_SIGN_IN, el.b(SignInState.going_to))
    return el.div(
        el.div(
            heading_line(texts.TITLE),
            el.p(texts.LEAD, class_name="lead"),
            rx.cond(SignInState.going_to != "", destination, rx.fragment()),
            ui.endpoint_link(texts.SIGN_IN, SignInState.login_href, kind="primary"),
            el.p(texts.SIGN_IN_HINT, class_name="small soft"),
            class_name="hero-words",
        ),
        el.div(landscape(), class_name="hero-view"),
        class_name="hero",
    )


def _promises() -> Component:
    items = [
        el.li(
            ui.icon(icon, size=28),
            el.h3(title),
            el.p(text, class_name="soft"),
            class_name="promise",
        )
        for icon, title, text in texts.PROMISES
    ]
    return el.section(
        el.h2(texts.PROMISES_TITLE, class_name="hidden-visually"),
        el.ul(*items, class_name="promises"),
        class_name="card",
    )


PAGE = Page(
    "/", texts.TITLE, sign_in, [SignInState.load, ShellState.arrive_open, SignInState.explain]
)
