"""The map of a district beside the list of clinics; no tiles, drawn here."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.state.attachment import AttachmentState
from zdrav29_app.texts import attachment as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = AttachmentState  # its fields are vars here
SIDE = 100


def district_map(card: Any) -> Component:
    """Marks to press over a sketch of the waters; the list says the same in words."""
    return ui.card(
        el.h3(card.title),
        el.div(
            _sketch(card),
            el.ul(rx.foreach(card.marks, _mark)),
            el.p(
                card.ruler,
                class_name="map-ruler small numbers",
                style={"width": card.ruler_width},
                aria_hidden="true",
            ),
            class_name="map",
        ),
        el.p(texts.MAP_HINT, class_name="small soft"),
    )


def _sketch(card: Any) -> Component:
    return el.svg(
        el.svg.path(d=card.waters, class_name="map-shore"),
        el.svg.path(d=card.waters, class_name="map-water"),
        view_box=f"0 0 {SIDE} {SIDE}",
        aria_hidden="true",
    )


def _mark(mark: Any) -> Component:
    is_selected = state.selected == mark.clinic_id
    return el.li(
        el.button(
            el.span(mark.number),
            type="button",
            aria_label=mark.name,
            aria_pressed=rx.cond(is_selected, "true", "false"),
            on_click=state.select(mark.clinic_id),
            class_name="map-mark numbers",
        ),
        style={"left": mark.left, "top": mark.top},
    )
