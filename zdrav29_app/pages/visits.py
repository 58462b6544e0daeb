"""Visits as every page shows them: a row with its acts, and the question before cancelling."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as texts
from zdrav29_app.ui.typing import Component, Handler, el, rx


def visit_row(visit: Any, state: Any, *, has_papers: bool) -> Component:
    """One visit with its acts; `state` offers ask_cancel, keep_visit and cancel.

    Where there is room for them, `has_papers` adds the calendar and printing.
    """
    papers = _papers(visit) if has_papers else rx.fragment()
    acts = rx.fragment(
        el.div(
            ui.link(texts.OPEN_TALON, visit.href, kind="quiet", name=visit.link_name),
            rx.cond(visit.is_cancellable, _move(visit), rx.fragment()),
            class_name="acts row",
        ),
        rx.cond(
            visit.is_cancellable,
            el.div(papers, _cancel(visit, state), class_name="acts-more row"),
            rx.fragment(),
        ),
    )
    question = ask(visit, state.cancel(visit.number), state.keep_visit)
    return el.li(
        el.article(
            date_block(visit),
            el.div(
                el.h3(visit.title),
                el.p(el.b(visit.time, class_name="numbers"), ", ", visit.weekday),
                el.div(status_tag(visit)),
                class_name="visit-head stack-tight",
            ),
            el.div(
                el.p(visit.doctor),
                el.p(visit.branch, ", ", visit.address, ", ", visit.room, class_name="small soft"),
                rx.cond(visit.note != "", el.p(visit.note, class_name="small soft"), rx.fragment()),
                class_name="visit-more stack-tight",
            ),
            rx.cond(state.asked == visit.number, el.div(question, class_name="acts-more"), acts),
            class_name="visit",
            custom_attrs={"data-tone": visit.tone},
        ),
        class_name="card",
    )


def _move(visit: Any) -> Component:
    return ui.link(texts.MOVE, visit.move_href, kind="quiet", name=visit.move_name)


def _cancel(visit: Any, state: Any) -> Component:
    ask_first = state.ask_cancel(visit.number)
    return ui.button(texts.CANCEL, ask_first, kind="danger", name=visit.cancel_name)


def _papers(visit: Any) -> Component:
    return rx.fragment(
        ui.endpoint_link(
            texts.TO_CALENDAR, visit.calendar_href, kind="plain", name=visit.calendar_name
        ),
        # the talon prints itself: in the list there is only a part of it
        ui.button(texts.PRINT, rx.redirect(visit.print_href), kind="plain", name=visit.print_name),
    )


def date_block(visit: Any) -> Component:
    """The day, large."""
    return el.div(el.b(visit.day), el.span(visit.month), class_name="date")


def stub(visit: Any) -> Component:
    """The part of a ticket one tears off: the day, huge, and the time."""
    return el.div(
        el.p(visit.weekday),
        el.p(visit.day, class_name="day-number"),
        el.p(visit.month, class_name="month"),
        el.p(visit.time, class_name="clock"),
        ui.star(160),
        class_name="ticket-date",
    )


def status_tag(visit: Any) -> Component:
    """How the visit stands, in a word."""
    return el.span(visit.status, class_name="tag", custom_attrs={"data-tone": visit.tone})


def ask(visit: Any, on_cancel: Handler, on_keep: Handler) -> Component:
    """The question before an act that cannot be undone: to move instead comes first.

    The focus goes to the safe answer.
    """
    soon = rx.cond(visit.is_soon, rx.fragment(" ", texts.ASK_SOON), rx.fragment())
    return ui.question(
        texts.ASK_TITLE,
        rx.fragment(texts.ASK_TEXT, soon),
        ui.link(texts.MOVE_INSTEAD, visit.move_href, kind="quiet"),
        ui.button(texts.CANCEL_VISIT, on_cancel, kind="danger"),
        ui.button(texts.KEEP_VISIT, on_keep, auto_focus=True),
    )


def help_note() -> Component:
    """Whom to call when the page is not enough."""
    return ui.card(
        el.h2(texts.HELP),
        el.p(texts.HELP_TEXT),
        el.p(ui.phone_link(common.SUPPORT_PHONE)),
        el.p(common.SUPPORT_HOURS, class_name="small soft"),
        custom_attrs={"data-kind": "help"},
    )


def no_visits(kind: ui.Kind = "primary") -> Component:
    """Nothing lies ahead; `kind` of the next step, for a page that has a primary act of its own."""
    return ui.empty(
        texts.NO_VISIT,
        texts.NO_VISIT_REASON,
        ui.link(texts.GO_BOOKING, "/booking", kind=kind),
    )
