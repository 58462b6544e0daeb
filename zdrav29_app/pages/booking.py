"""`/booking`: filter, place, day, time; then check and confirm."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.booking_check import check, moving, why
from zdrav29_app.pages.booking_times import results
from zdrav29_app.pages.holding import left_behind
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.pages.visits import help_note, visit_row
from zdrav29_app.state.booking import BookingState
from zdrav29_app.state.holding import HoldingState
from zdrav29_app.state.queries import TEXT_LIMIT
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = BookingState  # its fields are vars here


def booking() -> Component:
    """The task on the left, one's own visits beside it."""
    choosing = ui.stack(
        left_behind(),
        moving(),
        why(),
        _filter(),
        rx.cond(state.is_searched, results(), _tiles()),
    )
    task = rx.cond(
        state.chosen.length() > 0,
        el.div(rx.foreach(state.chosen, check), class_name="stack"),
        choosing,
    )
    return ui.columns(
        rx.cond(state.loaded, task, ui.stack(ui.skeleton(4), ui.skeleton(6))),
        _beside(),
        label=texts.ALL_VISITS,
    )


def _filter() -> Component:
    return el.form(
        el.h2(texts.FILTER),
        ui.text_field(
            texts.WORDS,
            "q",
            hint=el.p(texts.WORDS_HINT, class_name="small soft"),
            type="search",
            default_value=state.words,
            key=state.words,
            max_length=TEXT_LIMIT,
        ),
        el.div(
            ui.select_field(texts.SPECIALITY, "speciality", state.specialities, state.speciality),
            ui.select_field(texts.DISTRICT, "district", state.districts, state.district),
            ui.select_field(texts.KIND, "kind", state.kinds, state.kind),
            class_name="fields",
        ),
        el.div(
            ui.button(texts.SHOW, kind="primary", type="submit"),
            el.p(texts.ALL_OPTIONAL, class_name="small soft"),
            class_name="row",
        ),
        on_submit=state.search,
        class_name="card",
    )


def _tiles() -> Component:
    return el.section(
        el.h2(texts.CHOOSE_SPECIALITY), ui.tiles(state.tiles, _tile), class_name="stack"
    )


def _tile(tile: Any) -> Component:
    return ui.tile(tile.name, tile.count, tile.nearest, tile.href, is_open=tile.is_free)


def _row(visit: Any) -> Component:
    return visit_row(visit, state, has_papers=False)


def _beside() -> Component:
    rows = el.ul(
        rx.foreach(state.my_visits, _row),
        class_name="visits",
    )
    mine = rx.cond(state.my_visits.length() > 0, rows, el.p(texts.NO_VISIT, class_name="soft"))
    return rx.fragment(
        el.section(
            el.h2(texts.ALL_VISITS),
            rx.cond(state.loaded, mine, ui.skeleton()),
            class_name="stack",
        ),
        help_note(),
    )


PAGE = cabinet_page("/booking", common.BOOKING, booking, BookingState.load, HoldingState.load)
