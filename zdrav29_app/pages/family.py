"""`/family`: whose cabinet to open, and who may open one's own."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page, draft
from zdrav29_app.state.family import FamilyState
from zdrav29_app.texts import common
from zdrav29_app.texts import entry as entry_texts
from zdrav29_app.texts import family as texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = FamilyState  # its fields are vars here


def family() -> Component:
    """People on both sides, and the way to one more."""
    content = rx.fragment(_cabinets(), _ask(), _others())
    return el.div(
        el.p(texts.LEAD, class_name="lead"),
        rx.cond(state.loaded, content, ui.skeleton(7)),
        class_name="stack narrow",
    )


def _cabinets() -> Component:
    mine = _line(
        state.own_name,
        texts.MINE,
        is_open=state.is_own_open,
        open_button=ui.button(
            texts.OPEN, state.open_own, name=f"{texts.OPEN}: {texts.MINE.lower()}"
        ),
    )
    return el.section(
        el.h2(texts.CABINETS),
        el.ul(mine, rx.foreach(state.wards, _ward), class_name="stack-8"),
        el.p(texts.CHILDREN, class_name="small soft"),
        class_name="stack",
    )


def _ward(one: Any) -> Component:
    give_up = ui.button(texts.GIVE_UP, state.revoke(one.id), kind="danger", name=one.give_up_name)
    return _line(
        one.name,
        one.what,
        is_open=one.is_open,
        open_button=ui.button(texts.OPEN, state.open_ward(one.id), name=one.open_name),
        other=rx.cond(one.is_revocable, give_up, rx.fragment()),
    )


def _line(
    name: Words,
    what: Words,
    *,
    is_open: Words,
    open_button: Component,
    other: Component | None = None,
) -> Component:
    tag = el.span(texts.IS_OPEN, class_name="tag", custom_attrs={"data-tone": "good"})
    return el.li(
        el.div(el.strong(name), rx.cond(is_open, tag, rx.fragment()), class_name="apart"),
        el.p(what, class_name="small soft"),
        el.div(
            rx.cond(is_open, rx.fragment(), open_button), other or rx.fragment(), class_name="row"
        ),
        class_name="card card-tight",
    )


def _ask() -> Component:
    return ui.card(
        el.h2(texts.ASK),
        el.p(texts.ASK_HELP, class_name="soft"),
        rx.cond(
            state.blocked != "",
            ui.notice(el.p(state.blocked)),
            rx.fragment(_ask_form(), rx.cond(state.is_sent, _code_form(), rx.fragment())),
        ),
    )


def _ask_form() -> Component:
    left = live.seconds_left("relative", state.resend_in, restart=state.sent_count)
    wait = rx.cond(left > 0, entry_texts.RESEND_IN + live.minutes_and_seconds(left), "")
    return el.form(
        ui.text_field(
            texts.POLICY,
            "policy",
            problem=state.policy_problem,
            input_mode="numeric",
            max_length=40,
            auto_complete="off",
        ),
        ui.text_field(texts.BIRTH, "birth_date", problem=state.birth_problem, type="date"),
        el.div(
            ui.button(texts.SEND, type="submit"),
            el.span(wait, class_name="small soft numbers"),
            class_name="row",
        ),
        on_submit=state.ask_relative,
        custom_attrs=draft("relative", accepted=state.sent_count),
        no_validate=True,
        class_name="stack",
    )


def _code_form() -> Component:
    return el.form(
        el.p(texts.SENT, id="relative-sent"),
        ui.text_field(
            texts.CODE,
            "code",
            input_mode="numeric",
            auto_complete="off",
            max_length=20,
            required=True,
            class_name="code-field numbers",
            key=state.sent_count,
        ),
        el.div(ui.button(texts.CONFIRM, kind="primary", type="submit")),
        on_submit=state.confirm_relative,
        class_name="stack",
    )


def _others() -> Component:
    listed = el.ul(rx.foreach(state.representatives, _representative), class_name="stack-8")
    return el.section(
        el.h2(texts.OTHERS),
        rx.cond(state.representatives.length() > 0, listed, el.p(texts.NOBODY, class_name="soft")),
        class_name="stack",
    )


def _representative(one: Any) -> Component:
    revoke = ui.button(texts.REVOKE, state.revoke(one.id), kind="danger", name=one.revoke_name)
    return el.li(
        el.strong(one.name),
        el.p(one.what, class_name="small soft"),
        rx.cond(one.is_revocable, el.div(revoke), rx.fragment()),
        class_name="card card-tight",
    )


PAGE = cabinet_page("/family", common.FAMILY, family, FamilyState.load)
