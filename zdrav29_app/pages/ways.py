"""Choosing how to sign in next time; an HTTP form, because a cookie has to remember it."""

from zdrav29_app import ui
from zdrav29_app.texts import entry as texts
from zdrav29_app.ui.typing import Component, Words, el


def way_choice(chosen: Words, *, going_to: Words, save: str) -> Component:
    """The group «Как входить в следующий раз» with its button; `chosen` may be empty."""
    choices = [
        ui.radio("way", way, name, texts.WAY_HINTS[way], is_chosen=chosen == way)
        for way, name in texts.WAY_NAMES.items()
    ]
    return ui.endpoint_form(
        "/auth/way",
        el.fieldset(
            el.legend(texts.WAYS, id="ways", tab_index=-1),
            el.p(texts.WAYS_HINT, class_name="small soft"),
            *choices,
            class_name="stack",
            key=chosen,
        ),
        el.input(type="hidden", name="next", value=going_to),
        el.div(ui.button(save, kind="primary", type="submit")),
        class_name="card",
    )
