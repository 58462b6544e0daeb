"""The two steps of changing the clinic: which one, and what it means."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.attachment_map import district_map
from zdrav29_app.state.attachment import ADDRESS_LIMIT, STEP, TEXT_LIMIT, AttachmentState
from zdrav29_app.texts import attachment as texts
from zdrav29_app.ui import live
from zdrav29_app.ui.typing import Component, el, rx

state: Any = AttachmentState  # its fields are vars here


def choose() -> Component:
    """Clinics that may take this patient, and those that cannot, with the reason."""
    listed = el.ul(rx.foreach(state.clinics, _clinic), class_name="visits")
    return rx.fragment(
        _back(texts.BACK, "/attachment"),
        el.h2(texts.CHOOSE, id=STEP, tab_index=-1),
        el.form(
            el.div(
                ui.text_field(
                    texts.SEARCH,
                    "q",
                    type="search",
                    default_value=state.words,
                    key=state.words,
                    max_length=TEXT_LIMIT,
                ),
                ui.select_field(texts.DISTRICT, "district", state.districts, state.district),
                el.div(ui.button(texts.FIND, type="submit")),
                class_name="fields",
            ),
            on_submit=state.search,
            role="search",
            class_name="card",
        ),
        rx.cond(state.clinics.length() > 0, _with_map(listed), _no_match()),
    )


def _with_map(listed: Component) -> Component:
    beside = rx.foreach(state.map, district_map)
    return rx.cond(
        state.map.length() > 0,
        el.div(
            listed,
            el.aside(beside, aria_label=texts.MAP, class_name="map-aside"),
            class_name="columns",
        ),
        listed,
    )


def _clinic(one: Any) -> Component:
    tone = rx.cond(one.is_open, "good", "muted")
    tag = el.span(one.places, class_name="tag", custom_attrs={"data-tone": tone})
    act = el.div(ui.button(texts.CHOOSE_THIS, state.choose(one.clinic_id), name=one.choose_name))
    return el.li(
        el.div(
            el.span(one.number, class_name="map-number numbers", aria_hidden="true"),
            _name(one),
            class_name="map-named",
        ),
        el.div(tag, el.span(one.district, class_name="small soft"), class_name="row"),
        el.ul(rx.foreach(one.addresses, el.li), class_name="small soft bare"),
        rx.cond(one.is_open, act, rx.fragment()),
        class_name="card",
        custom_attrs={"data-selected": rx.cond(state.selected == one.clinic_id, "true", "false")},
    )


def _name(one: Any) -> Component:
    selected = el.h3(one.name, tab_index=-1, custom_attrs=live.focused_at_once)
    return rx.cond(state.selected == one.clinic_id, selected, el.h3(one.name))


def _no_match() -> Component:
    everything = ui.link(texts.SHOW_ALL, "/attachment?step=choose", kind="quiet")
    return ui.card(ui.empty(texts.NO_MATCH, texts.NO_MATCH_REASON, everything))


def check() -> Component:
    """What is about to be sent, why, and what will follow from it."""
    return el.div(
        _back(texts.OTHER_CLINIC, "/attachment?step=choose"),
        el.h2(texts.CHECK, id=STEP, tab_index=-1),
        el.form(
            rx.foreach(state.chosen, _chosen),
            ui.select_field(texts.REASON, "reason", state.reasons, state.reason),
            ui.text_field(
                texts.NEW_ADDRESS,
                "new_address",
                hint=el.p(texts.NEW_ADDRESS_HINT, class_name="small soft"),
                problem=state.address_problem,
                max_length=ADDRESS_LIMIT,
                auto_complete="street-address",
            ),
            el.section(
                el.h3(texts.EFFECTS),
                el.ul(*[el.li(line) for line in texts.EFFECTS_LINES], class_name="bullets"),
                class_name="stack-8",
            ),
            rx.cond(state.old_visits.length() > 0, _old_visits(), rx.fragment()),
            el.div(_send()),
            on_submit=state.send,
            no_validate=True,
            class_name="card",
        ),
        class_name="stack narrow",
    )


def _chosen(one: Any) -> Component:
    return ui.definition((texts.CLINIC, one.name), (texts.ADDRESS, one.addresses[0]))


def _old_visits() -> Component:
    return el.fieldset(
        el.legend(texts.OLD_VISITS),
        el.p(texts.OLD_VISITS_HINT, class_name="small soft"),
        rx.foreach(state.old_visits, _old_visit),
        class_name="boxes",
    )


def _old_visit(one: Any) -> Component:
    return ui.checkbox(one.label, one.box, is_chosen=False)


def _send() -> Component:
    return rx.cond(
        state.is_busy,
        ui.button(texts.SENDING, kind="primary", disabled=True),
        ui.button(texts.SEND, kind="primary", type="submit"),
    )


def _back(words: str, href: str) -> Component:
    return el.p(ui.link(rx.fragment(ui.icon("back", size=20), words), href, class_name="back"))
