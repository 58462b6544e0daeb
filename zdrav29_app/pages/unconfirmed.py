"""`/unconfirmed`: an account that ESIA has not confirmed, and the way to a confirmed one."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, framed
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.unconfirmed import UnconfirmedState
from zdrav29_app.texts import common
from zdrav29_app.texts import unconfirmed as texts
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = UnconfirmedState  # its fields are vars here


def unconfirmed() -> Component:
    """What is done, what is missing, and what can be done meanwhile."""
    content = el.div(
        el.p(texts.LEAD, class_name="lead"),
        ui.card(el.h2(texts.STEPS), el.ol(_documents(), _identity(), _again(), class_name="steps")),
        _meanwhile(),
        class_name="stack narrow",
    )
    return framed(common.UNCONFIRMED, content)


def _documents() -> Component:
    missing = rx.fragment(
        el.p(texts.DOCUMENTS_HELP),
        ui.outside_link(texts.TO_PROFILE, state.profile_href, class_name="btn btn-quiet"),
    )
    return _step(
        texts.DOCUMENTS,
        rx.cond(state.has_documents, rx.fragment(), missing),
        is_done=state.has_documents,
    )


def _identity() -> Component:
    ways = el.ul(*[el.li(way) for way in texts.WAYS], class_name="bullets")
    return _step(texts.IDENTITY, el.p(texts.IDENTITY_HELP), ways)


def _again() -> Component:
    acts = el.div(
        ui.endpoint_link(texts.SIGN_IN_AGAIN, state.login_href, kind="primary"),
        ui.endpoint_link(texts.OTHER_ACCOUNT, "/auth/logout", kind="quiet"),
        class_name="row",
    )
    return _step(texts.AGAIN, el.p(texts.AGAIN_HELP), acts)


def _step(title: str, *content: Component, is_done: Words = False) -> Component:
    done = rx.cond(is_done, texts.DONE, texts.TO_DO)
    return el.li(
        el.h3(el.span(done, class_name="hidden-visually"), title),
        *content,
        class_name="stack-8",
        custom_attrs={"data-done": rx.cond(is_done, "true", "false")},
    )


def _meanwhile() -> Component:
    return ui.card(
        el.h2(texts.MEANWHILE),
        el.p(texts.MEANWHILE_HELP),
        el.p(ui.phone_link(common.SUPPORT_PHONE)),
        el.p(common.SUPPORT_HOURS, class_name="small soft"),
        custom_attrs={"data-kind": "help"},
    )


PAGE = Page(
    "/unconfirmed",
    f"{common.UNCONFIRMED} — {common.SERVICE}",
    unconfirmed,
    [UnconfirmedState.load, ShellState.arrive_open],
)
