"""`/clinics`: the directory of institutions, for everybody."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, framed
from zdrav29_app.state.clinics import ClinicsState
from zdrav29_app.state.queries import TEXT_LIMIT
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import directory as texts
from zdrav29_app.texts import pages as page_texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = ClinicsState  # its fields are vars here


def clinics() -> Component:
    """The filter, and institutions with their branches."""
    nothing = ui.card(
        ui.empty(
            texts.NO_CLINIC,
            texts.NO_CLINIC_REASON,
            ui.link(texts.SHOW_ALL, "/clinics", kind="quiet"),
            under_h1=True,
        )
    )
    listed = el.ul(rx.foreach(state.institutions, _institution), class_name="stack")
    content = ui.stack(
        el.p(texts.CLINICS_LEAD, class_name="soft"),
        _filter(),
        el.p(state.found, role="status", class_name="soft"),
        rx.cond(state.institutions.length() > 0, listed, nothing),
    )
    return framed(common.CLINICS, rx.cond(state.loaded, content, ui.skeleton(8)))


def _filter() -> Component:
    return el.form(
        el.h2(texts.FIND_CLINIC),
        el.div(
            ui.text_field(
                texts.CLINIC_WORDS,
                "q",
                hint=el.p(texts.CLINIC_WORDS_HINT, class_name="small soft"),
                type="search",
                default_value=state.words,
                key=state.words,
                max_length=TEXT_LIMIT,
            ),
            ui.select_field(page_texts.DISTRICT, "district", state.districts, state.district),
            class_name="fields",
        ),
        el.div(ui.button(texts.FIND, kind="primary", type="submit")),
        on_submit=state.search,
        class_name="card",
    )


def _institution(one: Any) -> Component:
    return el.li(
        el.div(
            el.h2(one.name),
            el.p(one.kind, ", ", one.district, class_name="soft"),
            class_name="stack-tight",
        ),
        el.ul(rx.foreach(one.places, _place), class_name="places-of"),
        class_name="card",
    )


def _place(place: Any) -> Component:
    specialities = el.ul(rx.foreach(place.specialities, _speciality), class_name="row")
    return el.li(
        el.h3(place.name),
        ui.definition(
            (texts.ADDRESS, place.address),
            (texts.PHONE, ui.phone_link(place.phone)),
            (texts.DIRECTIONS, place.directions),
            (texts.RECEIVES, specialities),
        ),
        class_name="stack-8",
    )


def _speciality(one: Any) -> Component:
    return el.li(ui.link(one.label, one.href, class_name="way"))


PAGE = Page(
    "/clinics",
    f"{common.CLINICS} — {common.SERVICE}",
    clinics,
    [ClinicsState.load, ShellState.arrive_open],
)
