"""`/referrals`: referrals with their terms, and the way to book by them."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.pages.visits import help_note
from zdrav29_app.state.referrals import ReferralsState
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as page_texts
from zdrav29_app.texts import referrals as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = ReferralsState  # its fields are vars here


def referrals() -> Component:
    """The list, or how to come by a first one."""
    listed = el.ul(rx.foreach(state.referrals, _referral), class_name="visits")
    found = rx.cond(state.referrals.length() > 0, listed, _none())
    return rx.fragment(
        el.p(texts.LEAD, class_name="lead"),
        ui.columns(
            rx.cond(state.loaded, found, ui.skeleton(5)), help_note(), label=page_texts.HELP
        ),
    )


def _referral(one: Any) -> Component:
    tag = el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone})
    return el.li(
        el.div(
            el.h2(one.speciality, " ", el.span(one.number, class_name="small soft numbers")),
            tag,
            class_name="apart",
        ),
        ui.definition(
            (
                texts.TERM,
                rx.fragment(one.term, rx.cond(one.left != "", el.b(" — ", one.left), "")),
            ),
            (texts.ISSUED_BY, one.issued_by),
            (texts.REASON, one.reason),
        ),
        rx.cond(one.advice != "", el.p(one.advice), rx.fragment()),
        el.div(ui.link(one.act, one.act_href, kind="quiet", name=one.act_name)),
        class_name="card",
    )


def _none() -> Component:
    return ui.card(
        ui.empty(
            texts.NOTHING,
            texts.NOTHING_REASON,
            ui.link(texts.TO_THERAPIST, texts.THERAPIST_HREF, kind="primary"),
            under_h1=True,
        )
    )


PAGE = cabinet_page("/referrals", common.REFERRALS, referrals, ReferralsState.load)
