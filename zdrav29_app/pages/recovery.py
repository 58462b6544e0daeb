"""`/support/recovery`: the form of somebody who cannot sign in."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, draft, framed
from zdrav29_app.state.recovery import CONTACT_LIMIT, NAME_LIMIT, TEXT_LIMIT, RecoveryState
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import recovery as texts
from zdrav29_app.texts import support as support_texts
from zdrav29_app.ui.typing import Component, Words, el, rx

state: Any = RecoveryState  # its fields are vars here


def recovery() -> Component:
    """The form, what was sent, and who gets the answer."""
    aside = el.div(_safe(), _call(), class_name="stack")
    content = rx.fragment(_sent(), ui.columns(_form(), aside, label=texts.SAFE))
    return framed(texts.TITLE, rx.cond(state.loaded, content, ui.skeleton(8)))


def _sent() -> Component:
    done = ui.done(texts.SENT, el.p(state.sent))
    shown = rx.cond(state.sent != "", done, rx.fragment())
    return el.div(shown, id="sent", role="status", tab_index=-1, class_name="live")


def _form() -> Component:
    return el.form(
        el.p(texts.LEAD, class_name="soft"),
        el.p(texts.IN_ESIA, class_name="small soft"),
        el.div(
            _field(
                texts.LAST_NAME, "last_name", auto_complete="family-name", max_length=NAME_LIMIT
            ),
            _field(
                texts.FIRST_NAME, "first_name", auto_complete="given-name", max_length=NAME_LIMIT
            ),
            class_name="fields",
        ),
        _field(
            texts.BIRTH_DATE,
            "birth_date",
            type="date",
            min="1900-01-01",
            max=state.today,
            auto_complete="bday",
        ),
        _field(texts.POLICY, "policy", texts.POLICY_HINT, input_mode="numeric", max_length=30),
        _field(
            texts.CODE,
            "code",
            texts.CODE_HINT,
            default_value=state.code,
            auto_complete="off",
            max_length=12,
        ),
        _field(texts.CONTACT, "contact", texts.CONTACT_HINT, max_length=CONTACT_LIMIT),
        ui.text_area(texts.TEXT, "text", hint=texts.TEXT_HINT, max_length=TEXT_LIMIT),
        el.div(ui.button(texts.SEND, kind="primary", type="submit")),
        on_submit=state.send,
        key=state.sent_count,
        no_validate=True,
        custom_attrs=draft("recovery", accepted=state.sent_count),
        class_name="card",
    )


def _field(label: str, name: str, hint: str = "", **attributes: Words) -> Component:
    return ui.text_field(
        label,
        name,
        hint=el.p(hint, class_name="small soft") if hint else None,
        problem=state.problems[name],
        **attributes,
    )


def _safe() -> Component:
    return ui.card(el.h2(texts.SAFE), el.p(texts.SAFE_TEXT), custom_attrs={"data-kind": "help"})


def _call() -> Component:
    return ui.card(
        el.h2(support_texts.CALL),
        el.p(ui.phone_link(common.SUPPORT_PHONE)),
        el.p(common.SUPPORT_HOURS, class_name="small soft"),
        custom_attrs={"data-kind": "help"},
    )


PAGE = Page(
    "/support/recovery",
    f"{texts.TITLE} — {common.SERVICE}",
    recovery,
    [RecoveryState.load, ShellState.arrive_open],
)
