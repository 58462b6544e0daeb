"""`/attachment/doctor`: choosing the district doctor."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.doctor_choice import STEP, DoctorChoiceState
from zdrav29_app.texts import attachment as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = DoctorChoiceState  # its fields are vars here


def doctor_choice() -> Component:
    """The doctors of one's clinic, or what is about to be sent."""
    shown = rx.cond(state.chosen.length() > 0, rx.foreach(state.chosen, _check), _choose())
    return el.div(rx.cond(state.loaded, shown, ui.skeleton(5)), class_name="stack narrow")


def _choose() -> Component:
    elsewhere = ui.link(texts.BACK, "/attachment", kind="quiet")
    nowhere = ui.empty(texts.NOWHERE, texts.NOWHERE_REASON, elsewhere, under_h1=True)
    alone = ui.empty(texts.NO_COLLEAGUES, texts.NO_COLLEAGUES_REASON, elsewhere, under_h1=True)
    nobody = ui.card(rx.cond(state.is_attached, alone, nowhere))
    return rx.fragment(
        _back(texts.BACK, "/attachment"),
        el.p(texts.DOCTOR_LEAD, class_name="lead"),
        rx.cond(state.next_choice != "", ui.notice(el.p(state.next_choice)), rx.fragment()),
        rx.cond(state.others > 0, rx.fragment(), nobody),
        el.ul(rx.foreach(state.colleagues, _colleague), class_name="visits"),
    )


def _colleague(one: Any) -> Component:
    own = el.span(texts.OWN_DOCTOR, class_name="tag", custom_attrs={"data-tone": "good"})
    act = el.div(ui.link(texts.CHOOSE_THIS, one.href, kind="quiet", name=one.choose_name))
    may_choose = ~one.is_own & (state.next_choice == "")
    return el.li(
        el.div(el.h2(one.name), rx.cond(one.is_own, own, rx.fragment()), class_name="apart"),
        _facts(one),
        rx.cond(may_choose, act, rx.fragment()),
        class_name="card",
    )


def _facts(one: Any) -> Component:
    plot = el.p(texts.PLOT, " ", one.plot, class_name="small soft")
    return el.div(
        el.p(one.post),
        rx.cond(one.plot != "", plot, rx.fragment()),
        el.p(one.place, class_name="small soft"),
        class_name="stack-tight",
    )


def _check(one: Any) -> Component:
    return el.div(
        _back(texts.OTHER_DOCTOR, "/attachment/doctor"),
        el.h2(texts.CHECK, id=STEP, tab_index=-1),
        el.form(
            el.div(el.h3(one.name), _facts(one), class_name="stack-tight"),
            ui.select_field(texts.DOCTOR_WHY, "reason", state.reasons, texts.DOCTOR_REASONS[0]),
            el.section(
                el.h3(texts.EFFECTS),
                el.ul(*[el.li(line) for line in texts.DOCTOR_EFFECTS], class_name="bullets"),
                class_name="stack-8",
            ),
            el.div(ui.button(texts.SEND, kind="primary", type="submit")),
            on_submit=state.send,
            class_name="card",
        ),
        class_name="stack",
    )


def _back(words: str, href: str) -> Component:
    return el.p(ui.link(rx.fragment(ui.icon("back", size=20), words), href, class_name="back"))


PAGE = cabinet_page("/attachment/doctor", texts.DOCTOR_TITLE, doctor_choice, DoctorChoiceState.load)
