"""`/`: the way in."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.landscape import landscape
from zdrav29_app.pages.shell import Page, framed, heading_line, told
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.sign_in import SignInState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.texts import support as support_texts
from zdrav29_app.ui import drafts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = SignInState  # their fields are vars here
shell: Any = ShellState


def sign_in() -> Component:
    """What the cabinet is, and the one act."""
    content = rx.fragment(_hero(), _promises(), _needed())
    return framed(texts.TITLE, content, hides_heading=True)


def _hero() -> Component:
    destination = el.p(texts.AFTER_SIGN_IN, el.b(state.going_to))
    return el.div(
        landscape(),
        el.div(
            heading_line(texts.TITLE),
            el.p(texts.LEAD, class_name="lead"),
            *told(),
            _esia_silent(),
            rx.cond(state.going_to != "", destination, rx.fragment()),
            ui.endpoint_link(texts.SIGN_IN, state.login_href, kind="night"),
            el.p(
                texts.NO_ACCOUNT,
                ui.outside_link(texts.REGISTER, state.register_href),
                class_name="hero-register",
            ),
            class_name="hero-words",
        ),
        class_name="hero",
        custom_attrs={"data-drafts": drafts.no_drafts},
    )


def _esia_silent() -> Component:
    said = ui.notice(el.h2(texts.ESIA_SILENT), el.p(texts.ESIA_SILENT_ADVICE))
    # after a refusal that says the same, once is enough
    is_needed = ~state.is_esia_up & (shell.refusal.code == "")
    return rx.cond(is_needed, said, rx.fragment())


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
    )


def _needed() -> Component:
    return el.div(
        el.section(
            el.h2(texts.NEEDED_TITLE),
            el.ul(
                *[el.li(ui.icon("check", size=20), el.span(thing)) for thing in texts.NEEDED],
                class_name="needed",
            ),
            class_name="stack",
        ),
        el.section(
            el.h2(texts.HELP),
            el.p(texts.HELP_TEXT),
            el.p(ui.phone_link(common.SUPPORT_PHONE)),
            el.p(common.SUPPORT_HOURS, class_name="small soft"),
            el.p(ui.link(support_texts.CANNOT_SIGN_IN, "/support/recovery", class_name="way")),
            class_name="stack-8",
        ),
        class_name="card halves",
    )


PAGE = Page(
    "/", texts.TITLE, sign_in, [SignInState.load, ShellState.arrive_open, SignInState.explain]
)
