"""`/consent`: the document, yes or no, and how to sign in next time."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import entry_page
from zdrav29_app.pages.ways import way_choice
from zdrav29_app.state.consent import ConsentState
from zdrav29_app.texts import common, consents
from zdrav29_app.texts import entry as texts
from zdrav29_app.texts import pages as page_texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = ConsentState  # its fields are vars here


def consent() -> Component:
    """The second and the third step of the first entry."""
    step = rx.cond(
        state.has_consented, _ways(), rx.cond(state.has_refused, _refused(), _document())
    )
    return el.div(rx.cond(state.loaded, step, ui.skeleton(8)), class_name="stack narrow")


def _document() -> Component:
    document = consents.current("cabinet")
    points = [part for title, text in document.points for part in (el.h3(title), el.p(text))]
    return ui.card(
        el.h2(document.title),
        el.p(document.since, class_name="small soft"),
        el.p(document.lead),
        el.div(*points, class_name="prose"),
        el.div(
            ui.button(texts.GIVE, state.give, kind="primary"),
            ui.button(texts.REFUSE, state.refuse),
            ui.print_button(texts.PRINT),
            class_name="row no-print",
        ),
    )


def _refused() -> Component:
    return ui.card(
        el.h2(texts.REFUSED_TITLE),
        el.p(texts.REFUSED),
        el.p(ui.phone_link(common.SUPPORT_PHONE), ", ", common.SUPPORT_HOURS),
        el.div(
            ui.button(texts.RECONSIDER, state.reconsider, kind="primary"),
            ui.endpoint_link(page_texts.SIGN_OUT, "/auth/logout", kind="quiet"),
            class_name="row",
        ),
    )


def _ways() -> Component:
    return rx.fragment(
        el.p(texts.GIVEN, class_name="small soft"),
        way_choice(state.way, going_to=state.going_to, save=texts.GO_ON),
    )


PAGE = entry_page("/consent", common.CONSENT, consent, ConsentState.load)
