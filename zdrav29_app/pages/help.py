"""`/help`: tasks to look up by one's own words, and `/help/<topic>`: one of them."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, framed
from zdrav29_app.state.help import HelpState
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common
from zdrav29_app.texts import help as texts
from zdrav29_app.texts import pages as page_texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = HelpState  # its fields are vars here
PICTURE_SIZE = 390, 844
"""In pixels of the page; what `make shots` takes on a phone."""


def help_list() -> Component:
    """The search, the tasks, the telephone."""
    nothing = ui.card(
        ui.empty(
            texts.NOTHING,
            texts.NOTHING_REASON,
            ui.link(texts.SHOW_ALL, "/help", kind="quiet"),
            ui.link(texts.ASK, "/support", kind="quiet"),
        )
    )
    content = ui.columns(
        ui.stack(
            el.p(texts.LEAD, class_name="soft"),
            _search(),
            el.section(
                el.h2(rx.cond(state.query != "", texts.FOUND, texts.TOPICS)),
                rx.cond(state.topics.length() > 0, _listed(state.topics), nothing),
                class_name="stack",
            ),
            rx.cond(state.guides.length() > 0, _guides(), rx.fragment()),
        ),
        _call(),
        label=texts.CALL,
    )
    return framed(common.HELP, rx.cond(state.loaded, content, ui.skeleton(8)))


def _search() -> Component:
    hint = el.p(texts.SEARCH_HINT, class_name="small soft")
    return el.form(
        ui.text_field(
            texts.SEARCH, "q", hint=hint, default_value=state.query, key=state.query, max_length=80
        ),
        el.div(ui.button(texts.FIND, kind="primary", type="submit")),
        on_submit=state.search,
        role="search",
        class_name="card",
    )


def _guides() -> Component:
    return el.section(el.h2(texts.FOR_LEADERS), _listed(state.guides), class_name="stack")


def _listed(topics: Any) -> Component:
    return el.ul(rx.foreach(topics, _card), class_name="topics")


def _card(topic: Any) -> Component:
    return el.li(
        el.h3(ui.link(topic.title, topic.href)),
        el.p(topic.lead, class_name="soft"),
        class_name="card card-tight",
    )


def help_topic() -> Component:
    """The steps, what may go wrong, where to go, the telephone."""
    steps = el.div(
        el.ol(rx.foreach(state.steps, _step), class_name="numbered"),
        rx.cond(state.picture != "", _picture(), rx.fragment()),
        class_name="card task",
    )
    handouts = el.ul(rx.foreach(state.steps, _handout), class_name="handouts")
    troubles = el.section(
        el.h2(texts.IF_WRONG),
        el.ul(rx.foreach(state.troubles, _trouble), class_name="bullets"),
        class_name="card",
    )
    content = ui.columns(
        ui.stack(
            el.p(state.lead, class_name="lead"),
            rx.cond(state.is_handout, handouts, steps),
            rx.cond(state.troubles.length() > 0, troubles, rx.fragment()),
            el.nav(rx.foreach(state.links, _link), class_name="row", aria_label=texts.SEE),
        ),
        rx.fragment(
            _call(),
            el.div(ui.link(texts.ALL_TOPICS, "/help")),
            el.div(ui.print_button(page_texts.PRINT)),
        ),
        label=texts.CALL,
    )
    title = rx.cond(state.title != "", state.title, common.HELP)
    return framed(title, rx.cond(state.loaded, content, rx.fragment()))


def _picture() -> Component:
    width, height = PICTURE_SIZE
    return el.img(src=state.picture, alt=state.alt, width=width, height=height, loading="lazy")


def _step(words: Any) -> Component:
    return el.li(el.p(words))


def _handout(words: Any) -> Component:
    return el.li(el.p(words), class_name="card")


def _trouble(words: Any) -> Component:
    return el.li(words)


def _link(link: Any) -> Component:
    return ui.link(link.label, link.value, kind="quiet")


def _call() -> Component:
    return ui.card(
        el.h2(texts.CALL),
        el.p(ui.phone_link(common.SUPPORT_PHONE)),
        el.p(common.SUPPORT_HOURS, class_name="small soft"),
        el.p(texts.EMERGENCY, class_name="small"),
        el.div(ui.link(texts.ASK, "/support")),
        custom_attrs={"data-kind": "help"},
    )


PAGE = Page(
    "/help",
    f"{common.HELP} — {common.SERVICE}",
    help_list,
    [HelpState.load, ShellState.arrive_still],
)
TOPIC = Page(
    "/help/[topic]",
    f"{common.HELP} — {common.SERVICE}",
    help_topic,
    [HelpState.load_topic, ShellState.arrive_still],
)
