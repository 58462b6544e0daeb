"""«Версия для слабовидящих» on every page: the button, the panel, and what it switches."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.state.vision import VisionState
from zdrav29_app.texts import vision as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = VisionState  # its fields are vars here


def vision_attributes() -> dict[str, Any]:
    """What assets/vision.css looks at; it switches tokens, so every page obeys."""
    return {
        "data-size": state.size,
        "data-spacing": state.spacing,
        "data-scheme": state.scheme,
        "data-images": state.images,
    }


def vision_button() -> Component:
    """The eye in the header."""
    return el.button(
        ui.icon("eye", size=28),
        type="button",
        on_click=state.toggle,
        aria_label=texts.BUTTON,
        title=texts.BUTTON,
        aria_expanded=rx.cond(state.is_open, "true", "false"),
        class_name="eye",
    )


def vision_panel() -> Component:
    """What can be chosen; each press shows at once."""
    groups = [
        _group(name, title, list(values.items())) for name, (title, values) in _CHOICES.items()
    ]
    acts = el.div(
        ui.button(texts.USUAL, state.forget),
        ui.button(texts.CLOSE, state.toggle),
        class_name="row",
    )
    panel = el.section(
        el.div(*groups, acts, class_name="inner stack"),
        aria_label=texts.BUTTON,
        class_name="vision no-print",
    )
    return rx.cond(state.is_open, panel, rx.fragment())


_CHOICES: dict[str, tuple[str, dict[str, str]]] = texts.CHOICES


def _group(name: str, title: str, values: list[tuple[str, str]]) -> Component:
    chosen = getattr(state, name)
    buttons = [
        ui.button(
            words,
            state.choose(name, value),
            aria_pressed=rx.cond(chosen == value, "true", "false"),
        )
        for value, words in values
    ]
    return el.div(
        el.p(el.b(title), id=f"vision-{name}"),
        el.div(*buttons, class_name="row"),
        role="group",
        aria_labelledby=f"vision-{name}",
        class_name="stack-8",
    )
