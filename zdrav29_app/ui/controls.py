"""What a person presses or fills in. Targets are at least 44 px high."""

from typing import Any, Literal, cast

import reflex
from reflex_components_core.el.elements.base import BaseHTML

from zdrav29_app.ui.icons import icon
from zdrav29_app.ui.typing import Component, Handler, Words, el, rx

Kind = Literal["primary", "quiet", "plain", "danger", "night"]
TYPING_PAUSE_MS = 500


def button(
    words: Words,
    on_click: Handler = None,
    *,
    kind: Kind = "quiet",
    name: Words = None,
    **attributes: Any,
) -> Component:
    """A button; `name` is what a screen reader says when the words alone are not unique."""
    if name is not None:
        attributes["aria_label"] = name
    if on_click is not None:
        attributes["on_click"] = on_click
    attributes.setdefault("type", "button")
    return el.button(words, class_name=f"btn btn-{kind}", **attributes)


def print_button(words: str, *, kind: Kind = "quiet", frame: str = "") -> Component:
    """Opens the browser's own printing; the style sheet leaves the surroundings of a page out.

    With the id of a frame only what stands in it is printed, over as many sheets as it needs.
    """
    what = f"document.getElementById('{frame}').contentWindow" if frame else "window"
    # a script that stands on the page; one sent by the server would need eval
    return button(words, rx.run_script(f"{what}.print()"), kind=kind)


def link(
    words: Words,
    href: Words,
    *,
    kind: Kind | None = None,
    name: Words = None,
    **attributes: Any,
) -> Component:
    """A link to a page of the cabinet; with a `kind` it looks like a button."""
    if kind:
        attributes["class_name"] = f"btn btn-{kind}"
    if name is not None:
        attributes["aria_label"] = name
    return el.a(words, href=href, **attributes)


def endpoint_link(
    words: Words,
    href: Words,
    *,
    kind: Kind | None = None,
    name: Words = None,
    **attributes: Any,
) -> Component:
    """A link to an address that is not a page: sign-in, files, calendar. The browser travels."""
    # the client router leaves such a link to the browser; Reflex writes into the dict it is given
    reload = {"reloadDocument": True}
    return link(words, href, kind=kind, name=name, custom_attrs=reload, **attributes)


class _Anchor(BaseHTML):
    """An `a` that the client router leaves alone, even inside a page."""

    tag = "a"
    href: reflex.Var[str]


class _Form(BaseHTML):
    """A `form` that the browser itself sends; Reflex keeps its own from doing that."""

    tag = "form"
    action: reflex.Var[str]
    method: reflex.Var[str]
    enc_type: reflex.Var[str]


class _Keyed(BaseHTML):
    """A `div` that hears keys; Reflex's own does not."""

    tag = "div"
    on_key_down: reflex.EventHandler[reflex.event.key_event]


def key_area(*children: Any, on_key: Handler, **attributes: Any) -> Component:
    """A part of the page that takes the focus and hears keys; `on_key` is given the key's name."""
    return cast("Any", _Keyed).create(
        *children, on_key_down=on_key, tab_index=0, role="group", **attributes
    )


def endpoint_form(action: Words, *children: Any, **attributes: Any) -> Component:
    """A form for an address that is not a page, where a cookie has to be set."""
    return cast("Any", _Form).create(*children, action=action, method="post", **attributes)


def outside_link(words: str, href: Words, **attributes: Any) -> Component:
    """A link to another site."""
    return cast("Any", _Anchor).create(words, href=href, **attributes)


def skip_link(words: str, target: str) -> Component:
    """The first stop of a keyboard: past header and navigation."""
    return cast("Any", _Anchor).create(words, href=target, class_name="skip")


def phone_link(number: Words) -> Component:
    """A telephone number one can press; it never breaks over two lines."""
    if isinstance(number, str):
        called = "".join(sign for sign in number if sign.isdigit())
    else:  # brackets and hyphens may stand in such an address, spaces may not
        called = number.split(" ").join("")
    return cast("Any", _Anchor).create(number, href=f"tel:{called}", class_name="tel numbers")


def option(card: Any) -> Component:
    """One line of a select, from a card with `value` and `label`."""
    return el.option(card.label, value=card.value)


def select_field(
    label: str,
    field_id: str,
    options: Words,
    value: Words,
    on_change: Handler = None,
) -> Component:
    """A labelled select. Without `on_change` it is part of a form and begins with `value`."""
    # a new key makes the browser take the new default after each search
    bound: dict[str, Any] = (
        {"value": value, "on_change": on_change}
        if on_change
        else {"default_value": value, "key": value}
    )
    return el.div(
        el.label(label, html_for=field_id),
        el.select(rx.foreach(options, option), id=field_id, name=field_id, **bound),
        class_name="field",
    )


def text_field(
    label: str,
    field_id: Words,
    *,
    hint: Component | None = None,
    problem: Words = None,
    **attributes: Any,
) -> Component:
    """A labelled line of text, with a hint and what is wrong between label and field."""
    attributes.setdefault("name", field_id)
    return el.div(
        el.label(label, html_for=field_id),
        hint or rx.fragment(),
        _described(field_id, problem, attributes),
        el.input(id=field_id, **{"type": "text", **attributes}),
        class_name="field",
    )


def text_area(
    label: str,
    field_id: Words,
    *,
    hint: str = "",
    problem: Words = None,
    **attributes: Any,
) -> Component:
    """A labelled field for several lines, with a hint and what is wrong above it."""
    attributes.setdefault("name", field_id)
    return el.div(
        el.label(label, html_for=field_id),
        el.p(hint, class_name="small soft") if hint else rx.fragment(),
        _described(field_id, problem, attributes),
        el.textarea(id=field_id, rows="5", **attributes),
        class_name="field",
    )


def _described(field_id: Words, problem: Words, attributes: dict[str, Any]) -> Component:
    if problem is None:
        return rx.fragment()
    attributes["aria_invalid"] = rx.cond(problem != "", "true", "false")
    attributes["aria_describedby"] = f"{field_id}-problem"
    return problem_line(problem, f"{field_id}-problem")


def problem_line(problem: Words, line_id: str) -> Component:
    """What is wrong with a field or a group of them; nothing is seen while nothing is."""
    shown = rx.cond(problem != "", rx.fragment(icon("warning", size=20), problem), rx.fragment())
    return el.p(shown, id=line_id, class_name="problem")


def checkbox(label: str, field_id: str, *, is_chosen: Words) -> Component:
    """A box to tick, part of a form."""
    return el.div(
        el.input(id=field_id, name=field_id, type="checkbox", default_checked=is_chosen),
        el.label(label, html_for=field_id),
        class_name="box",
    )


def radio(group: str, value: str, label: str, hint: str, *, is_chosen: Words) -> Component:
    """One choice of a group, with a hint."""
    field_id = f"{group}-{value}"
    return el.div(
        el.input(
            id=field_id,
            type="radio",
            name=group,
            value=value,
            default_checked=is_chosen,
            aria_describedby=f"{field_id}-hint",
        ),
        el.label(label, html_for=field_id),
        el.p(hint, id=f"{field_id}-hint", class_name="small soft"),
        class_name="radio",
    )


def date_field(
    label: str,
    field_id: str,
    value: Words,
    on_change: Handler,
    *,
    first: Words,
    last: Words,
) -> Component:
    """A labelled date between two days (YYYY-MM-DD); it speaks when the typing pauses."""
    is_focused = f"globalThis.document?.activeElement?.id === '{field_id}'"
    return el.div(
        el.label(label, html_for=field_id),
        # React loses half-typed dates in a controlled field, so a new value makes a new field,
        # which takes over the focus of the old one
        el.input(
            id=field_id,
            type="date",
            default_value=value,
            key=value,
            auto_focus=rx.Var(is_focused),
            min=first,
            max=last,
            on_change=on_change.debounce(TYPING_PAUSE_MS),
        ),
        class_name="field",
    )
