"""`/attachment`: the clinic one is attached to, and the way to another one."""

from dataclasses import replace
from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.attachment_choice import check, choose
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.attachment import AttachmentState
from zdrav29_app.texts import attachment as texts
from zdrav29_app.texts import common
from zdrav29_app.ui.typing import Component, el, rx

state: Any = AttachmentState  # its fields are vars here
CHOOSE_HREF = "/attachment?step=choose"


def attachment() -> Component:
    """Where one is attached, or one of the two steps to somewhere else."""
    step = rx.match(state.step, ("choose", choose()), ("check", check()), _now())
    return el.div(rx.cond(state.loaded, step, ui.skeleton(6)), class_name="stack")


def _now() -> Component:
    return el.div(
        el.p(texts.SAME_WORD, class_name="lead"),
        rx.foreach(state.application, application),
        rx.foreach(state.refused, _refused),
        rx.cond(state.current.length() > 0, rx.foreach(state.current, _current), _nowhere()),
        el.div(
            ui.link(texts.HISTORY, "/attachment/history", kind="quiet"),
            ui.link(texts.FEEDBACK, "/support", kind="quiet"),
            class_name="row",
        ),
        class_name="stack narrow",
    )


def _refused(one: Any) -> Component:
    """The last application while nothing has followed: what stood in its way."""
    return _application(one, texts.LAST)


def application(one: Any) -> Component:
    """An application with its status, what comes next, and the way back."""
    back = el.div(
        ui.button(
            texts.WITHDRAW,
            state.withdraw(one.number),
            kind="danger",
            name=f"{texts.WITHDRAW}: " + one.number,
        )
    )
    return _application(one, texts.UNDER_WAY, rx.cond(one.is_withdrawable, back, rx.fragment()))


def _application(one: Any, heading: str, *acts: Component) -> Component:
    tag = el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone})
    return ui.card(
        el.div(el.h2(heading), tag, class_name="apart"),
        el.p(el.b(one.clinic)),
        el.p(one.next),
        el.p(one.title, ". ", one.dates, class_name="small soft numbers"),
        *acts,
    )


def _current(one: Any) -> Component:
    return ui.card(
        el.h2(texts.NOW),
        ui.definition(
            (texts.CLINIC, one.clinic),
            (texts.ADDRESS, one.address),
            (texts.DOCTOR, one.doctor),
            (texts.PLOT, rx.cond(one.plot != "", one.plot, "—")),
            (texts.SINCE, rx.fragment(one.term, ", ", one.why)),
        ),
        _unless_under_way(
            el.p(state.next_change, class_name="small soft"),
            el.div(_change(), _choose_doctor(), class_name="row"),
        ),
    )


def _nowhere() -> Component:
    change = _unless_under_way(el.div(_change()))
    return ui.card(ui.empty(texts.NOWHERE, texts.NOWHERE_REASON, change, under_h1=True))


def _change() -> Component:
    return ui.button(texts.CHANGE, rx.redirect(CHOOSE_HREF), kind="primary")


def _choose_doctor() -> Component:
    return ui.link(texts.CHOOSE_DOCTOR, "/attachment/doctor", kind="quiet")


def _unless_under_way(*parts: Component) -> Component:
    """What is not to be had, nor true, while an application waits for its end."""
    return rx.cond(state.application.length() > 0, rx.fragment(), rx.fragment(*parts))


_PAGE = cabinet_page("/attachment", common.ATTACHMENT, attachment, AttachmentState.load)
PAGE = replace(_PAGE, on_load=[*_PAGE.on_load, AttachmentState.tell_sent])
