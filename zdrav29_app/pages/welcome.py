"""`/welcome`: the phone of the ESIA profile, confirmed by a code."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import entry_page
from zdrav29_app.state.welcome import WelcomeState
from zdrav29_app.texts import common
from zdrav29_app.texts import entry as texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, el, rx

state: Any = WelcomeState  # its fields are vars here


def welcome() -> Component:
    """The first step of the first entry."""
    step = rx.cond(state.phone != "", _step(), _no_phone())
    return el.div(
        el.p(texts.WELCOME_LEAD, class_name="lead"),
        rx.cond(state.loaded, step, ui.skeleton(4)),
        class_name="stack narrow",
    )


def _step() -> Component:
    return rx.fragment(
        ui.card(
            _phone(),
            rx.cond(
                state.blocked != "",
                ui.notice(el.p(state.blocked)),
                rx.cond(state.is_sent, _code(), _ask_for_code()),
            ),
        ),
        _not_coming(),
    )


def _phone() -> Component:
    hint = el.p(
        texts.PHONE_HINT,
        ui.outside_link(texts.ESIA_PROFILE, state.profile_href),
        ".",
        class_name="small soft",
        id="phone-hint",
    )
    return ui.text_field(
        texts.PHONE,
        "phone",
        hint=hint,
        value=state.phone,
        read_only=True,
        class_name="numbers",
        aria_describedby="phone-hint",
    )


def _ask_for_code() -> Component:
    return el.div(ui.button(texts.GET_CODE, state.send_code, kind="primary"))


def _code() -> Component:
    field = ui.text_field(
        texts.CODE,
        "code",
        hint=el.p(texts.SENT, class_name="small soft", id="code-hint"),
        auto_complete="one-time-code",
        input_mode="numeric",
        max_length=20,
        required=True,
        aria_describedby="code-hint",
        class_name="code-field numbers",
        key=state.sent_count,
    )
    confirm = ui.button(texts.CONFIRM, kind="primary", type="submit")
    left = live.seconds_left("resend", state.resend_in, restart=state.sent_count)
    wait = rx.cond(left > 0, texts.RESEND_IN + live.minutes_and_seconds(left), "")
    return rx.fragment(
        el.form(
            field,
            el.div(confirm),
            on_submit=state.confirm,
            class_name="stack",
        ),
        el.div(
            ui.button(texts.RESEND, state.send_code),
            el.span(wait, class_name="small soft numbers"),
            class_name="row",
        ),
    )


def _not_coming() -> Component:
    return ui.card(
        el.h2(texts.NOT_COMING),
        el.p(texts.NOT_COMING_HELP),
        el.p(ui.phone_link(common.SUPPORT_PHONE)),
        el.p(common.SUPPORT_HOURS, class_name="small soft"),
        custom_attrs={"data-kind": "help"},
    )


def _no_phone() -> Component:
    profile = ui.outside_link(texts.ESIA_PROFILE, state.profile_href, class_name="btn btn-primary")
    return ui.card(ui.empty(texts.NO_PHONE, texts.NO_PHONE_REASON, profile, under_h1=True))


PAGE = entry_page("/welcome", common.WELCOME, welcome, WelcomeState.load)
