"""`/waiting`: what is offered now, one's places in the list, and how to take one."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.holding import hold_line
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.pages.visits import help_note
from zdrav29_app.state.waiting import WaitingState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as words
from zdrav29_app.texts import waiting as texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, el, rx

state: Any = WaitingState  # its fields are vars here


def waiting() -> Component:
    """The task on the left, the rules beside it."""
    task = el.div(
        el.p(texts.LEAD, class_name="lead"),
        rx.foreach(state.offers, _offer),
        _places(),
        _form(),
        rx.cond(state.over.length() > 0, _over(), rx.fragment()),
        class_name="stack",
    )
    return ui.columns(
        rx.cond(state.loaded, task, ui.stack(ui.skeleton(3), ui.skeleton(6))),
        rx.fragment(_promises(), help_note()),
        label=texts.HOW,
    )


def _offer(one: Any) -> Component:
    left = live.seconds_left("offer", state.offer_seconds, restart=state.shown_count)
    is_over = one.is_soonest & (left == 0)
    held = rx.cond(
        one.is_soonest, hold_line(left, ended=texts.OFFER_ENDED), el.p(one.until, class_name="soft")
    )
    warning = rx.cond(one.is_last_chance, ui.notice(el.p(texts.LAST_CHANCE)), rx.fragment())
    return ui.card(
        el.h2(texts.OFFER),
        held,
        el.p(one.sentence, class_name="sentence"),
        ui.definition((words.DOCTOR, one.doctor), (words.WHERE, one.where), (words.ROOM, one.room)),
        warning,
        rx.cond(
            is_over,
            el.div(ui.button(texts.AGAIN, state.load), class_name="row"),
            el.div(_take(one), _decline(one), class_name="row"),
        ),
        custom_attrs={"data-kind": "offer"},
    )


def _take(one: Any) -> Component:
    return rx.cond(
        state.is_busy,
        ui.button(texts.TAKING, kind="primary", disabled=True),
        ui.button(texts.TAKE, state.take(one.id), kind="primary", name=one.take_name),
    )


def _decline(one: Any) -> Component:
    return ui.button(texts.DECLINE, state.decline(one.id), name=one.decline_name)


def _places() -> Component:
    nothing = ui.card(ui.empty(texts.NOTHING, texts.NOTHING_REASON))
    listed = el.ul(rx.foreach(state.places, _place), class_name="visits")
    return el.section(
        el.h2(texts.MINE),
        rx.cond(state.places.length() > 0, listed, nothing),
        class_name="stack",
    )


def _place(one: Any) -> Component:
    leave = el.div(
        ui.button(texts.LEAVE, state.ask_leave(one.id), kind="danger", name=one.leave_name)
    )
    question = ui.question(
        texts.LEAVE_TITLE,
        texts.LEAVE_TEXT,
        ui.button(texts.LEAVE, state.leave(one.id), kind="danger"),
        ui.button(texts.STAY, state.keep_place, auto_focus=True),
    )
    return el.li(
        el.div(el.h3(one.title), _status(one), class_name="apart"),
        ui.definition((texts.AHEAD, one.ahead), (texts.WISH, one.wish), (texts.AT, one.where)),
        _history(one),
        rx.cond(state.asked == one.id, question, leave),
        class_name="card",
    )


def _status(one: Any) -> Component:
    return el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone})


def _history(one: Any) -> Component:
    return el.details(
        el.summary(texts.HISTORY),
        el.ul(rx.foreach(one.steps, _step), class_name="stack-8"),
    )


def _step(step: Any) -> Component:
    return el.li(el.p(step.text), el.p(step.when, class_name="small soft numbers"))


def _over() -> Component:
    return el.section(
        el.h2(texts.OVER),
        el.ul(rx.foreach(state.over, _ended), class_name="visits"),
        class_name="stack",
    )


def _ended(one: Any) -> Component:
    return el.li(
        el.div(el.h3(one.title), _status(one), class_name="apart"),
        el.p(one.where, class_name="small soft"),
        _history(one),
        class_name="card",
    )


def _form() -> Component:
    return el.form(
        el.h2(texts.JOIN_TITLE),
        ui.select_field(
            texts.SPECIALITY,
            "speciality",
            state.specialities,
            state.speciality,
            state.choose_speciality,
        ),
        rx.cond(state.branch != "", _wish(), rx.fragment()),
        on_submit=state.join,
        no_validate=True,
        class_name="card",
    )


def _wish() -> Component:
    return rx.fragment(
        el.div(
            ui.select_field(
                texts.BRANCH, "branch", state.branches, state.branch, state.choose_branch
            ),
            ui.select_field(texts.DOCTOR, "doctor", state.doctors, ""),
            class_name="fields",
        ),
        ui.problem_line(state.problem, "wish-problem"),
        el.div(
            _day(texts.FIRST_DAY, "first_day", state.first_day),
            _day(texts.LAST_DAY, "last_day", state.last_day),
            class_name="fields",
        ),
        el.div(
            ui.select_field(texts.FROM, "from_minute", state.hours, state.from_minute),
            ui.select_field(texts.TO, "to_minute", state.hours, state.to_minute),
            class_name="fields",
        ),
        el.div(ui.button(texts.JOIN, kind="primary", type="submit")),
    )


def _day(label: str, field_id: str, value: Any) -> Component:
    return ui.text_field(
        label,
        field_id,
        type="date",
        default_value=value,
        key=value,
        min=state.first_day,
        max=state.last_day,
        aria_describedby="wish-problem",
    )


def _promises() -> Component:
    return ui.card(
        el.h2(texts.HOW),
        el.ul(rx.foreach(state.promises, _promise), class_name="needed"),
    )


def _promise(text: Any) -> Component:
    return el.li(ui.icon("check", size=20), text)


PAGE = cabinet_page("/waiting", common.WAITING, waiting, WaitingState.load)
