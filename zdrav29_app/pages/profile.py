"""`/profile`: what ESIA gave, and what the person agreed to."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.profile import ProfileState
from zdrav29_app.texts import account as texts
from zdrav29_app.texts import common
from zdrav29_app.ui.typing import Component, el, rx

state: Any = ProfileState  # its fields are vars here


def profile() -> Component:
    """Data of the person, and her consents."""
    content = rx.fragment(
        rx.cond(state.changes != "", ui.notice(el.p(state.changes)), rx.fragment()),
        _data(),
        rx.cond(state.is_own, _consents(), rx.fragment()),
        el.ul(
            el.li(ui.act_tile(common.FAMILY, texts.FAMILY_HINT, "/family", "person")),
            el.li(ui.act_tile(common.SECURITY, texts.SECURITY_HINT, "/security", "shield")),
            class_name="visits",
        ),
    )
    return el.div(rx.cond(state.loaded, content, ui.skeleton(7)), class_name="stack narrow")


def _data() -> Component:
    lead = el.p(
        texts.LEAD,
        ui.outside_link(texts.ESIA_PROFILE, state.profile_href),
        ".",
        class_name="small soft",
    )
    shown = rx.cond(state.is_shown, texts.HIDE, texts.SHOW)
    return ui.card(
        el.dl(rx.foreach(state.rows, _row), class_name="rows rows-first"),
        el.div(
            ui.button(shown, state.toggle, aria_pressed=rx.cond(state.is_shown, "true", "false"))
        ),
        lead,
        el.p(texts.REFRESHED, state.refreshed, class_name="small soft"),
    )


def _row(row: Any) -> Component:
    return el.div(el.dt(row.term), el.dd(row.value, class_name="numbers"))


def _consents() -> Component:
    ask = el.div(
        el.p(el.b(texts.ASK_TITLE), " ", texts.ASK_TEXT),
        el.div(
            ui.button(texts.WITHDRAW_NOW, state.withdraw, kind="danger"),
            ui.button(texts.KEEP, state.keep_consent),
            class_name="row",
        ),
        class_name="ask",
    )
    act = el.div(ui.button(texts.WITHDRAW, state.ask_withdraw, kind="danger"))
    return ui.card(
        el.h2(texts.CONSENTS),
        el.ul(rx.foreach(state.consents, _consent), class_name="stack-8"),
        rx.cond(state.asked, ask, act),
    )


def _consent(line: Any) -> Component:
    return el.li(line)


PAGE = cabinet_page("/profile", common.PROFILE, profile, ProfileState.load)
