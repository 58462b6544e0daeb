"""Where things stand: stacks, columns, cards, rows of terms."""

from typing import Any

from zdrav29_app.ui.typing import Component, Words, el


def stack(*children: Any, tight: bool = False) -> Component:
    """Things under each other."""
    return el.div(*children, class_name="stack-tight" if tight else "stack")


def columns(task: Component, aside: Component, *, label: str) -> Component:
    """The task, and on a wide screen beside it what matters now."""
    return el.div(task, el.aside(aside, aria_label=label, class_name="stack"), class_name="columns")


def card(*children: Any, **attributes: Any) -> Component:
    """A surface of its own, as a section."""
    return el.section(*children, class_name="card", **attributes)


def definition(*rows: tuple[str, Words]) -> Component:
    """Terms with their values."""
    return el.dl(*[el.div(el.dt(term), el.dd(value)) for term, value in rows], class_name="rows")
