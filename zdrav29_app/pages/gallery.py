"""`/gallery`, in demo mode only: every component in every state."""

from zdrav29_app.pages.examples import EXAMPLES
from zdrav29_app.pages.shell import Page, framed
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import gallery as texts
from zdrav29_app.ui.typing import Component, el


def gallery() -> Component:
    """The kit, section by section."""
    sections = [
        el.section(el.h2(title), *examples(), class_name="stack gallery")
        for title, examples in EXAMPLES.items()
    ]
    content = el.div(el.p(texts.LEAD, class_name="lead"), *sections, class_name="stack")
    return framed(common.GALLERY, content)


PAGE = Page("/gallery", f"{common.GALLERY} — {common.SERVICE}", gallery, [ShellState.arrive_open])
