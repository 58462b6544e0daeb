"""Choosing one of many: tiles, days in a row, times. Links and buttons, so that all can press."""

from collections.abc import Callable
from typing import Any, TypeAlias

from zdrav29_app.ui.controls import link
from zdrav29_app.ui.icons import icon
from zdrav29_app.ui.typing import Component, Handler, Words, el, rx

Card: TypeAlias = Callable[[Any], Component]
"""Shows one card of a list as a list item."""


def tiles(items: Words, tile: Card) -> Component:
    """A grid of tiles, one per card."""
    return el.ul(rx.foreach(items, tile), class_name="tiles")


def tile(name: Words, state: Words, hint: Words, href: Words, *, is_open: Words) -> Component:
    """A choice with what is behind it; a closed one stays readable but cannot be pressed."""
    words = el.span(
        el.strong(name),
        el.span(state, class_name="count"),
        el.span(hint, class_name="small soft"),
        class_name="stack-tight",
    )
    shown = link(rx.fragment(words, icon("next", size=20)), href, class_name="tile")
    return el.li(rx.cond(is_open, shown, el.div(words, class_name="tile tile-none")))


def act_tile(name: str, hint: str, href: str, picture: str, *, is_first: bool = False) -> Component:
    """A way on, with a picture; the first one is the primary act of its screen."""
    words = el.span(el.strong(name), el.span(hint, class_name="small"), class_name="stack-tight")
    return link(
        rx.fragment(icon(picture, size=28), words, icon("next", size=20)),
        href,
        name=name,
        class_name="tile act-tile act-tile-first" if is_first else "tile act-tile",
    )


def choice(
    title: Words, hint: Words, name: Words, on_click: Handler, *, is_off: Words
) -> Component:
    """One of a few things to take at once; `name` is what a screen reader says."""
    words = el.span(el.strong(title), el.span(hint, class_name="small"), class_name="stack-tight")
    pressed = {} if on_click is None else {"on_click": on_click}
    return el.li(
        el.button(
            words,
            icon("next", size=20),
            type="button",
            aria_label=name,
            disabled=is_off,
            class_name="tile",
            **pressed,
        )
    )


def days(items: Words, day: Card, *, label: str) -> Component:
    """Days: two weeks on a wide screen, a strip to swipe on a phone."""
    return el.nav(
        el.ol(rx.foreach(items, day), class_name="days"),
        aria_label=label,
    )


def day(
    weekday: Words,
    number: Words,
    month: Words,
    state: Words,
    *,
    name: Words,
    href: Words,
    is_open: Words,
    is_chosen: Words,
) -> Component:
    """One day; `name` is what a screen reader says."""
    content = rx.fragment(
        el.span(weekday),
        el.span(el.b(number), " ", month, class_name="day-of-month"),
        el.span(state, class_name="count"),
    )
    shown = link(
        content,
        href,
        name=name,
        aria_current=rx.cond(is_chosen, "date", "false"),
        class_name="day",
    )
    return el.li(rx.cond(is_open, shown, el.div(content, class_name="day day-none")))


def time_button(time: Words, name: Words, on_click: Handler, *, key: Words = None) -> Component:
    """One free time; its `key` keeps focus and finger on it while others disappear."""
    pressed = {} if on_click is None else {"on_click": on_click}
    if key is not None:
        pressed["key"] = key
    return el.button(time, type="button", aria_label=name, class_name="time", **pressed)
