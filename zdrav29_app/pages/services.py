"""`/services`: what is arranged already, and groups of what can be arranged."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page
from zdrav29_app.state.services import ServicesState
from zdrav29_app.texts import attachment as texts
from zdrav29_app.texts import common
from zdrav29_app.texts import pages as page_texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = ServicesState  # its fields are vars here


def services() -> Component:
    """The current attachment, then services by group."""
    medical = ui.act_tile(common.ATTACHMENT, texts.ATTACHMENT_HINT, "/attachment", "home")
    visits = (
        ui.act_tile(common.BOOKING, page_texts.BOOKING_HINT, "/booking", "calendar"),
        ui.act_tile(common.WAITING, page_texts.WAITING_HINT, "/waiting", "clock"),
        ui.act_tile(common.REFERRALS, page_texts.REFERRALS_HINT, "/referrals", "document"),
        ui.act_tile(common.CERTIFICATES, page_texts.CERTIFICATES_HINT, "/certificates", "document"),
    )
    account = (
        ui.act_tile(common.FAMILY, page_texts.FAMILY_HINT, "/family", "person"),
        ui.act_tile(common.SETTINGS, page_texts.SETTINGS_HINT, "/settings", "message"),
    )
    return el.div(
        el.p(texts.SERVICES_LEAD, class_name="lead"),
        rx.cond(state.loaded, _now(), ui.skeleton(3)),
        _group(texts.MEDICAL, medical),
        _group(texts.VISITS, *visits),
        _group(texts.ACCOUNT, *account),
        class_name="stack narrow",
    )


def _now() -> Component:
    known = rx.foreach(state.current, _current)
    nowhere = el.p(texts.NOWHERE)
    return ui.card(el.h2(texts.NOW), rx.cond(state.current.length() > 0, el.div(known), nowhere))


def _current(one: Any) -> Component:
    return el.div(
        el.p(el.b(one.clinic)),
        el.p(one.doctor, rx.cond(one.plot != "", f", {texts.PLOT.lower()} " + one.plot, "")),
        el.p(one.term, class_name="small soft numbers"),
        class_name="stack-tight",
    )


def _group(title: str, *tiles: Component) -> Component:
    return el.section(
        el.h2(title),
        el.ul(*map(el.li, tiles), class_name="visits"),
        role="group",
        aria_label=title,
        class_name="stack",
    )


PAGE = cabinet_page("/services", common.SERVICES, services, ServicesState.load)
