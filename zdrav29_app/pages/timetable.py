"""`/timetable`: when doctors receive and how much is free, for everybody."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, framed
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.timetable import TimetableState
from zdrav29_app.texts import common
from zdrav29_app.texts import directory as texts
from zdrav29_app.texts import pages as page_texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = TimetableState  # its fields are vars here


def timetable() -> Component:
    """The filter; then every speciality, or the doctors of the chosen one."""
    content = ui.stack(
        el.p(texts.TIMETABLE_LEAD, class_name="soft"),
        _filter(),
        rx.cond(state.title != "", _doctors(), _specialities()),
    )
    return framed(common.TIMETABLE, rx.cond(state.loaded, content, ui.skeleton(8)))


def _filter() -> Component:
    return el.form(
        el.div(
            ui.select_field(
                page_texts.SPECIALITY, "speciality", state.specialities, state.speciality
            ),
            ui.select_field(page_texts.DISTRICT, "district", state.districts, state.district),
            class_name="fields",
        ),
        el.div(ui.button(texts.FIND_DOCTORS, kind="primary", type="submit")),
        on_submit=state.search,
        class_name="card",
    )


def _specialities() -> Component:
    return el.section(el.h2(texts.CHOOSE), ui.tiles(state.tiles, _tile), class_name="stack")


def _tile(tile: Any) -> Component:
    return ui.tile(tile.name, tile.count, tile.nearest, tile.href, is_open=tile.is_free)


def _doctors() -> Component:
    nothing = ui.card(
        ui.empty(
            texts.NO_DOCTOR,
            texts.NO_DOCTOR_REASON,
            ui.link(texts.WHOLE_REGION, state.everywhere_href, kind="quiet"),
        )
    )
    listed = el.ul(rx.foreach(state.doctors, _doctor), class_name="stack")
    return el.section(
        el.h2(state.title),
        rx.cond(state.doctors.length() > 0, listed, nothing),
        class_name="stack",
    )


def _doctor(one: Any) -> Component:
    return el.li(
        el.div(
            el.h3(one.name),
            el.p(one.post, ". ", one.where),
            el.p(one.free, class_name="soft"),
            class_name="stack-tight",
        ),
        el.ul(rx.foreach(one.days, _day), class_name="days-of"),
        el.div(ui.link(texts.BOOK, one.book_href, kind="quiet", name=one.book_name)),
        class_name="card",
    )


def _day(words: Any) -> Component:
    return el.li(words)


PAGE = Page(
    "/timetable",
    f"{common.TIMETABLE} — {common.SERVICE}",
    timetable,
    [TimetableState.load, ShellState.arrive_open],
)
