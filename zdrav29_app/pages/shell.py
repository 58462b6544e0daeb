"""The frame of a page: skip link, header, heading, refusals and messages, footer, bottom bar."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages import places as navigation
from zdrav29_app.pages.session_end import session_end
from zdrav29_app.pages.vision import vision_attributes, vision_button, vision_panel
from zdrav29_app.state.shell import PAGE_TITLE, ShellState
from zdrav29_app.texts import common, directory
from zdrav29_app.texts import family as family_texts
from zdrav29_app.texts import pages as texts
from zdrav29_app.texts import status as status_texts
from zdrav29_app.texts import support as support_texts
from zdrav29_app.ui import drafts, live
from zdrav29_app.ui.typing import Component, Handler, Words, el, rx


@dataclass(frozen=True)
class Page:
    """One address. `on_load` runs in this order at every arrival."""

    route: str
    title: Words
    component: Callable[[], Component]
    on_load: list[Handler]


def cabinet_page(
    route: str, heading: str, content: Callable[[], Component], *on_load: Handler
) -> Page:
    """A page behind sign-in; its title is its heading with the name of the service."""

    def component() -> Component:
        return _frame(heading, content(), places=True)

    title = f"{heading} — {common.SERVICE}"
    return Page(route, title, component, [*on_load, ShellState.arrive])


def entry_page(
    route: str, heading: str, content: Callable[[], Component], *on_load: Handler
) -> Page:
    """A page of the first entry: signed in, but nothing else is open yet."""

    def component() -> Component:
        return _frame(heading, content(), places=False, whose=True)

    title = f"{heading} — {common.SERVICE}"
    return Page(route, title, component, [*on_load, ShellState.arrive_new])


def framed(heading: Words, content: Component, *, hides_heading: bool = False) -> Component:
    """The frame of a page that everybody may open; one that hides the heading shows its own."""
    return _frame(heading, content, places=ShellState.is_entered, hides_heading=hides_heading)


def framed_place(heading: Words, content: Component) -> Component:
    """The frame of a page behind sign-in whose heading is known only with its data."""
    return _frame(heading, content, places=True)


def _frame(
    heading: Words,
    content: Component,
    *,
    places: Words,
    whose: bool = False,
    hides_heading: bool = False,
) -> Component:
    is_ready = rx.State.is_hydrated & (ShellState.loaded_address == live.address)
    is_in = places if not whose else True
    head = [] if hides_heading else [heading_line(heading), *told()]
    return el.div(
        ui.skip_link(texts.SKIP, "#main"),
        _header(places=places, is_in=is_in),
        vision_panel(),
        _when(places, _acting),
        _announced(),
        el.main(
            el.div(*head, content, _help_here(), class_name="inner"),
            id="main",
            custom_attrs={"data-ready": rx.cond(is_ready, "true", "false")},
        ),
        _footer(),
        _when(places, navigation.bottom_bar),
        _when(is_in, _phone),
        _when(is_in, session_end),
        class_name="page",
        custom_attrs=vision_attributes(),
    )


def _when(condition: Words, component: Callable[[], Component]) -> Component:
    """A part of the frame that is there always, never, or while a var says so."""
    if isinstance(condition, bool):
        return component() if condition else rx.fragment()
    return rx.cond(condition, component(), rx.fragment())


def heading_line(heading: Words) -> Component:
    """The one h1; arriving at a page puts the focus on it."""
    return el.h1(heading, id=PAGE_TITLE, tab_index=-1)


def draft(name: Words, *, accepted: Words) -> dict[str, Any]:
    """Attributes of a form that loses nothing that was typed; see `drafts.draft`."""
    return drafts.draft(name, owner=ShellState.draft_owner, accepted=accepted)


def told() -> list[Component]:
    """What the last act led to: a refusal, a message. Stands right under the heading."""
    return [_refusal(), _message()]


def _header(*, places: Words, is_in: Words) -> Component:
    start = rx.cond(places, "/home", "/")
    home = ui.link(ui.wordmark(common.SERVICE), start, name=common.SERVICE)
    return el.header(
        el.div(
            home,
            _when(places, navigation.places),
            vision_button(),
            _when(is_in, lambda: rx.cond(ShellState.person != "", _whose(), rx.fragment())),
            class_name="inner",
        ),
        class_name="top",
    )


def _whose() -> Component:
    phone = rx.cond(
        ShellState.phone_url != "",
        ui.button(
            rx.fragment(ui.icon("phone", size=20), texts.PHONE),
            ShellState.toggle_phone,
            aria_expanded=rx.cond(ShellState.is_phone_open, "true", "false"),
            custom_attrs={"data-demo": "true"},
            id="phone-button",
        ),
        rx.fragment(),
    )
    name = rx.fragment(ui.icon("person", size=20), ShellState.person)
    return el.div(
        rx.cond(
            ShellState.is_entered,
            ui.link(
                name, "/profile", class_name="name", aria_label=texts.PROFILE_OF + ShellState.person
            ),
            el.span(name, class_name="name"),
        ),
        el.div(phone, class_name="phone-button"),
        ui.endpoint_link(texts.SIGN_OUT, "/auth/logout"),
        class_name="whose",
    )


def _acting() -> Component:
    """Whose cabinet it is, while it is not one's own: on every page, above everything."""
    strip = el.section(
        el.div(
            el.p(
                ui.icon("person", size=20),
                el.span(el.b(ShellState.person), ", ", ShellState.acting),
            ),
            ui.link(family_texts.CHANGE, "/family"),
            class_name="inner",
        ),
        class_name="acting",
        aria_label=family_texts.WHOSE,
    )
    return rx.cond(ShellState.acting != "", strip, rx.fragment())


def _announced() -> Component:
    """What operators announce: the same place on every page, also before sign-in."""
    shell: Any = ShellState  # its fields are vars here
    listed = el.section(
        el.ul(rx.foreach(shell.announcements, _announcement), class_name="inner"),
        class_name="announced",
        aria_label=status_texts.ANNOUNCED,
    )
    # the region exists before its content: what is announced later is read out, nothing cut short
    shown = rx.cond(shell.announcements.length() > 0, listed, rx.fragment())
    return el.div(shown, aria_live="polite")


def _announcement(card: Any) -> Component:
    return el.li(
        ui.icon("warning", size=20),
        el.p(el.b(card.title, ". "), card.text, " ", el.span(card.when, class_name="numbers")),
        ui.link(status_texts.MORE, "/status"),
    )


def _phone() -> Component:
    frame = el.iframe(src=ShellState.phone_url, title=texts.PHONE_TITLE)
    is_shown = ShellState.is_phone_open & (ShellState.phone_url != "")
    return rx.cond(is_shown, el.div(frame, class_name="phone"), rx.fragment())


def _refusal() -> Component:
    card = ShellState.refusal
    details = el.p(
        texts.CODE,
        el.b(card.code),
        " · ",
        card.at,
        " · ",
        texts.REQUEST,
        card.request_id,
        class_name="small numbers",
    )
    act = rx.cond(
        card.act_href.startswith("/auth"),
        ui.endpoint_link(card.act_label, card.act_href, kind="primary"),
        ui.link(card.act_label, card.act_href, kind="quiet"),
    )
    recover = ui.link(support_texts.CANNOT_SIGN_IN, card.recovery_href)
    shown = ui.alert(
        card.title,
        card.text,
        details,
        el.div(
            rx.cond(card.act_href != "", act, rx.fragment()),
            ui.link(support_texts.REPORT, card.report_href),
            rx.cond(card.recovery_href != "", recover, rx.fragment()),
            class_name="row",
        ),
        code=card.code,
        request_id=card.request_id,
    )
    # the region exists before its content, so that screen readers announce it
    region = rx.cond(card.code != "", shown, rx.fragment())
    return el.div(region, class_name="live")


def _message() -> Component:
    words = rx.cond(ShellState.message != "", ui.notice(ShellState.message), rx.fragment())
    return el.div(words, role="status", class_name="live")


def _help_here() -> Component:
    """The page of help about this very screen; the same place on each."""
    shown = el.p(ui.icon("info", size=20), ui.link(ShellState.help_label, ShellState.help_href))
    return rx.cond(ShellState.help_href != "", el.div(shown, class_name="help-here"), rx.fragment())


def _footer() -> Component:
    return el.footer(
        el.div(
            el.nav(
                ui.link(common.CLINICS, "/clinics"),
                ui.link(common.TIMETABLE, "/timetable"),
                rx.cond(ShellState.is_operator, ui.link(common.DESK, "/desk"), rx.fragment()),
                ui.link(common.STATUS, "/status"),
                ui.link(common.HELP, "/help"),
                aria_label=directory.OPEN_PAGES,
                class_name="row",
            ),
            el.p(el.b(texts.FOOT_STAND), " ", texts.FOOT_EMERGENCY),
            el.p(
                texts.FOOT_HELP,
                ui.phone_link(common.SUPPORT_PHONE),
                ", ",
                common.SUPPORT_HOURS,
                class_name="soft",
            ),
            class_name="inner",
        ),
        class_name="foot",
    )
