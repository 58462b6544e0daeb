"""Every address that is none of ours."""

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, framed
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, el


def not_found() -> Component:
    """What happened, and the way on."""
    return framed(texts.NOT_FOUND, nowhere())


def nowhere() -> Component:
    """What stands under the heading, here and where a page is not for everybody to know of."""
    return ui.card(
        el.p(texts.NOT_FOUND_REASON), el.div(ui.link(texts.TO_START, "/", kind="primary"))
    )


PAGE = Page("404", f"{texts.NOT_FOUND} — {common.SERVICE}", not_found, [ShellState.arrive_open])
