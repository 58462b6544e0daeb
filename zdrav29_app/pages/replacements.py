"""What the clinic called off and what is held instead, above everything else about visits."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.state.replacements import ReplacementsState
from zdrav29_app.texts import replacements as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = ReplacementsState  # its fields are vars here


def replacements() -> Component:
    """One card per visit that was called off; nothing when none was."""
    return rx.fragment(rx.foreach(state.called_off, _called_off))


def _called_off(one: Any) -> Component:
    reason = el.p(el.b(texts.REASON), ": ", one.reason)
    return ui.card(
        el.h2(texts.TITLE),
        el.p(one.what),
        rx.cond(one.reason != "", reason, rx.fragment()),
        el.p(one.held),
        el.ul(rx.foreach(one.times, _time), class_name="stack-8"),
        el.div(ui.button(texts.REFUSE, state.refuse(one.number), name=one.refuse_name)),
        custom_attrs={"data-kind": "called-off"},
    )


def _time(time: Any) -> Component:
    return ui.choice(
        time.when, time.where, time.name, state.take(time.slot_id), is_off=state.is_busy
    )
