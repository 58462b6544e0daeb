"""The places of the cabinet: in the header of a wide screen, in the bottom bar of a phone."""

from zdrav29_app import ui
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, Words, el, rx

IN_HEADER = ("/home", "/booking", "/appointments")
# a bar has room for short words only; they must not be names that other links of a page have
IN_BAR = (
    ("/home", common.HOME, "home"),
    ("/booking", texts.BAR_BOOKING, "calendar"),
    ("/documents", texts.BAR_DOCUMENTS, "document"),
)
MORE = (
    *("/appointments", "/waiting", "/referrals", "/certificates"),
    *("/results", "/record", "/prevention", "/services"),
    *("/family", "/profile", "/settings", "/security", "/support"),
)
PANEL = "more-places"


def places() -> Component:
    """The places in the header."""
    links = [
        ui.link(common.SECTIONS[href], href, aria_current=_is_here(href)) for href in IN_HEADER
    ]
    return el.nav(*links, aria_label=texts.PLACES, class_name="places")


def bottom_bar() -> Component:
    """Three places, and a panel with the others; the browser itself opens and closes it."""
    links = [
        ui.link(rx.fragment(ui.icon(icon), name), href, aria_current=_is_here(href))
        for href, name, icon in IN_BAR
    ]
    more = el.button(
        ui.icon("more"),
        texts.MORE_PLACES,
        type="button",
        custom_attrs={"popoverTarget": PANEL},
    )
    return el.nav(*links, more, _panel(), aria_label=texts.PLACES, class_name="bottom")


def _panel() -> Component:
    others = {href: common.SECTIONS[href] for href in MORE} | {"/help": common.HELP}
    items = [
        el.li(ui.link(name, href, aria_current=_is_here(href))) for href, name in others.items()
    ]
    return el.div(el.ul(*items), id=PANEL, class_name="more", custom_attrs={"popover": "auto"})


def _is_here(href: str) -> Words:
    is_below = ShellState.loaded_path.startswith(f"{href}/")
    return rx.cond(ShellState.loaded_path == href, "page", rx.cond(is_below, "true", "false"))
