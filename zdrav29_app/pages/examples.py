"""Every component of the kit in every state, as data: the gallery shows them, axe walks them."""

from collections.abc import Callable
from typing import Any

from zdrav29_app import ui
from zdrav29_app.texts import documents
from zdrav29_app.texts import gallery as texts
from zdrav29_app.ui.typing import Component, el, rx


def _buttons() -> list[Component]:
    return [
        ui.button(texts.PRIMARY, kind="primary"),
        ui.button(texts.QUIET),
        ui.button(texts.PLAIN, kind="plain"),
        ui.button(texts.DANGER, kind="danger"),
        el.div(ui.button(texts.NIGHT, kind="night"), class_name="on-night"),
        ui.button(texts.BUSY, kind="primary", disabled=True),
        ui.button(texts.PRESSED, aria_pressed="true"),
    ]


def _links() -> list[Component]:
    return [
        ui.link(texts.LINK, "/home"),
        ui.link(texts.LINK, "/home", kind="quiet"),
        ui.endpoint_link(texts.ENDPOINT, "/healthz"),
        ui.outside_link(texts.OUTSIDE, "https://www.w3.org/"),
        ui.phone_link("8 800 000-29-29"),
    ]


def _fields() -> list[Component]:
    hint = el.p(texts.HINT, class_name="small soft")
    options: Any = rx.Var.create([{"value": each, "label": each} for each in texts.OPTIONS])
    problem: Any = rx.Var.create(texts.PROBLEM)
    return [
        ui.text_field(texts.FIELD, "example-plain"),
        ui.text_field(texts.FIELD, "example-hint", hint=hint, default_value=texts.VALUE),
        ui.text_field(texts.FIELD, "example-problem", problem=problem),
        ui.text_field(texts.FIELD, "example-fixed", value=texts.VALUE, read_only=True),
        ui.text_area(texts.AREA, "example-area", hint=texts.HINT, problem=problem),
        ui.select_field(texts.SELECT, "example-select", options, texts.OPTIONS[1]),
        ui.checkbox(texts.BOX, "example-box", is_chosen=True),
        ui.radio("example", "one", texts.RADIO, texts.RADIO_HINT, is_chosen=True),
        ui.radio("example", "two", texts.RADIO + " 2", texts.RADIO_HINT, is_chosen=False),
    ]


def _choices() -> list[Component]:
    tiles = [
        ui.tile(texts.TILE, texts.TILE_STATE, texts.TILE_HINT, "/booking", is_open=True),
        ui.tile(*texts.TILE_NONE, "/booking", is_open=False),
    ]
    days = [
        _day(texts.DAY, is_open=True, is_chosen=False),
        _day(texts.DAY, is_open=True, is_chosen=True),
        _day(texts.DAY_NONE, is_open=False, is_chosen=False),
    ]
    return [
        el.ul(*tiles, class_name="tiles"),
        ui.act_tile(texts.PRIMARY, texts.HINT, "/home", "calendar", is_first=True),
        ui.act_tile(texts.QUIET, texts.HINT, "/home", "ticket"),
        el.ol(*days, class_name="days"),
        ui.time_button(texts.TIME, texts.TIME, None),
        el.ul(
            ui.choice(texts.TIME, texts.HINT, f"{texts.TIME}, {texts.HINT}", None, is_off=False),
            ui.choice(texts.TIME, texts.BUSY, f"{texts.TIME}, {texts.BUSY}", None, is_off=True),
            class_name="stack-8",
        ),
    ]


def _day(words: tuple[str, str, str, str], *, is_open: bool, is_chosen: bool) -> Component:
    return ui.day(
        *words, name=" ".join(words), href="/booking", is_open=is_open, is_chosen=is_chosen
    )


def _says() -> list[Component]:
    details = el.p(texts.CODE, class_name="small numbers")
    act = ui.link(texts.LINK, "/home", kind="quiet")
    return [
        ui.alert(texts.TITLE, texts.TEXT, details, act, code=texts.CODE, request_id="0123456789ab"),
        ui.notice(el.p(texts.TEXT)),
        ui.done(texts.TITLE, el.p(texts.TEXT)),
        ui.question(
            texts.TITLE,
            texts.TEXT,
            ui.button(texts.DANGER, kind="danger"),
            ui.button(texts.QUIET),
        ),
        ui.empty(texts.TITLE, texts.TEXT, ui.link(texts.LINK, "/home", kind="quiet")),
        ui.skeleton(3),
        _on_its_way(),
        ui.problem_line(rx.Var.create(texts.PROBLEM), "example-line"),
    ]


def _on_its_way() -> Component:
    lost = {"title": documents.LOST, "text": documents.LOST_TEXT, "code": documents.LOST_CODE}
    form = ui.sending(words=documents.ON_ITS_WAY, stop=documents.STOP, lost=lost)
    return el.form(form, custom_attrs={"data-sending": "now"})


def _lists() -> list[Component]:
    tags = [
        el.span(words, class_name="tag", custom_attrs={"data-tone": tone})
        for tone, words in texts.TAGS
    ]
    return [
        ui.definition(*texts.TERMS),
        ui.card(el.h3(texts.LONG), el.p(texts.TEXT), aria_label=texts.LONG),
        el.div(*tags, class_name="row"),
    ]


EXAMPLES: dict[str, Callable[[], list[Component]]] = {
    texts.BUTTONS: _buttons,
    texts.LINKS: _links,
    texts.FIELDS: _fields,
    texts.CHOICES: _choices,
    texts.SAYS: _says,
    texts.LISTS: _lists,
}
