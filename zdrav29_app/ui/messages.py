"""What the page says: refusals, notices, success, emptiness, waiting."""

from typing import Any

from zdrav29_app.ui.icons import icon
from zdrav29_app.ui.live import seen_at_once
from zdrav29_app.ui.typing import Component, Words, el


def alert(
    title: Words,
    text: Words,
    details: Component,
    act: Component,
    *,
    code: Words,
    request_id: Words,
) -> Component:
    """A refusal: what happened, how to go on, and what to tell support."""
    return el.div(
        icon("warning", size=28),
        el.div(el.h2(title), el.p(text), act, details, class_name="stack-8"),
        role="alert",
        key=request_id,  # the next refusal is another one, and comes into sight too
        class_name="says says-alert",
        custom_attrs={"data-code": code, "data-request-id": request_id},
        **seen_at_once,
    )


def notice(*children: Any) -> Component:
    """Something worth knowing."""
    return el.div(icon("info", size=28), el.div(*children, class_name="stack-8"), class_name="says")


def done(title: Words, *children: Any) -> Component:
    """An act has succeeded."""
    return el.div(
        icon("check", size=28),
        el.div(el.h2(title), *children, class_name="stack-8"),
        class_name="says says-done",
    )


def question(title: Words, text: Words, *answers: Component) -> Component:
    """What is asked before an act that cannot be undone, with its answers; the safe one last."""
    return el.div(
        el.p(el.b(title), " ", text),
        el.div(*answers, class_name="row"),
        role="group",
        aria_label=title,
        class_name="ask",
    )


def empty(title: Words, reason: Words, *acts: Component, under_h1: bool = False) -> Component:
    """Nothing is here: why, and the next step."""
    heading = el.h2 if under_h1 else el.h3
    return el.div(
        heading(title),
        el.p(reason, class_name="soft"),
        el.div(*acts, class_name="row"),
        class_name="empty stack",
    )


def skeleton(lines: int = 3) -> Component:
    """A card that is still loading; screen readers hear the page when it is there."""
    return el.div(
        *[el.div(class_name="skeleton", aria_hidden="true") for _ in range(lines)],
        class_name="card skeleton-card",
    )
