"""`/security`: who entered, from where, and ending it."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.pages.ways import way_choice
from zdrav29_app.state.security import SecurityState
from zdrav29_app.texts import account as texts
from zdrav29_app.texts import common
from zdrav29_app.ui.typing import Component, el, rx

state: Any = SecurityState  # its fields are vars here


def security() -> Component:
    """Sign-ins, and how to sign in next time."""
    change_password = ui.notice(
        el.p(texts.NOT_ME_DONE),
        el.p(texts.REQUEST_OPENED, ui.link(state.request, "/support"), "."),
        el.div(ui.outside_link(texts.TO_RECOVERY, state.recovery_href, class_name="btn btn-quiet")),
    )
    content = rx.fragment(
        rx.cond(state.recovery_href != "", change_password, rx.fragment()),
        _sign_ins(),
        way_choice(state.way, going_to="/security", save=texts.SAVE_WAY),
    )
    return el.div(rx.cond(state.loaded, content, ui.skeleton(7)), class_name="stack narrow")


def _sign_ins() -> Component:
    return el.section(
        el.h2(texts.SIGN_INS),
        el.p(texts.SIGN_INS_LEAD, class_name="soft"),
        el.ul(rx.foreach(state.sign_ins, _sign_in), class_name="stack"),
        el.div(ui.button(texts.END_ALL, state.end_all, kind="danger")),
        class_name="stack",
    )


def _sign_in(one: Any) -> Component:
    tag = el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone})
    acts = el.div(
        ui.button(texts.END, state.end(one.id), name=one.end_name),
        ui.button(texts.NOT_ME, state.not_me(one.id), kind="danger", name=one.not_me_name),
        class_name="row",
    )
    return el.li(
        el.div(
            el.strong(one.when), rx.cond(one.status != "", tag, rx.fragment()), class_name="apart"
        ),
        el.p(one.device),
        el.p(one.way, ", адрес ", one.address, class_name="small soft"),
        rx.cond(one.is_endable, acts, rx.fragment()),
        class_name="card card-tight",
    )


PAGE = cabinet_page("/security", common.SECURITY, security, SecurityState.load)
