"""`/certificates`: ordering a certificate, and how the orders stand."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page, draft
from zdrav29_app.state.certificates import PURPOSE_LIMIT, CertificatesState
from zdrav29_app.texts import certificates as texts
from zdrav29_app.texts import common
from zdrav29_app.ui.typing import Component, el, rx

state: Any = CertificatesState  # its fields are vars here


def certificates() -> Component:
    """What was ordered, and beside it the form."""
    content = ui.columns(
        _mine(), rx.cond(state.clinic != "", _form(), _no_clinic()), label=texts.NEW
    )
    return rx.fragment(
        el.p(texts.LEAD, class_name="lead"), rx.cond(state.loaded, content, ui.skeleton(6))
    )


def _form() -> Component:
    return el.form(
        el.h2(texts.NEW),
        ui.select_field(texts.KIND, "kind", state.kinds, state.kind),
        ui.text_field(
            texts.PURPOSE,
            "purpose",
            hint=el.p(texts.PURPOSE_HINT, class_name="small soft"),
            max_length=PURPOSE_LIMIT,
        ),
        el.p(texts.CLINIC, state.clinic, class_name="small soft"),
        el.div(
            ui.button(
                rx.cond(state.is_busy, texts.ORDERING, texts.ORDER),
                kind="primary",
                type="submit",
                disabled=state.is_busy,
            )
        ),
        on_submit=state.order,
        key=state.order_count,
        no_validate=True,
        custom_attrs=draft("certificate", accepted=state.order_count),
        class_name="card",
    )


def _no_clinic() -> Component:
    way = ui.link(texts.TO_ATTACHMENT, "/attachment", kind="primary")
    return ui.card(ui.empty(texts.NEW, texts.NO_CLINIC, way, under_h1=True))


def _mine() -> Component:
    none = ui.card(ui.empty(texts.NOTHING, texts.NOTHING_REASON, under_h1=True))
    listed = el.section(
        el.div(
            el.h2(texts.MINE),
            ui.link(texts.ALL_DOCUMENTS, "/documents?kind=certificate"),
            class_name="apart",
        ),
        el.ul(rx.foreach(state.orders, _order), class_name="visits"),
        class_name="stack",
    )
    return rx.cond(state.orders.length() > 0, listed, none)


def _order(one: Any) -> Component:
    tag = el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone})
    purpose = rx.cond(one.purpose != "", el.p(one.purpose, class_name="soft"), rx.fragment())
    acts = el.div(
        rx.cond(
            one.href != "",
            ui.link(one.act, one.href, kind="quiet", name=one.act_name),
            rx.fragment(),
        ),
        rx.cond(
            one.is_open,
            ui.button(texts.CANCEL, state.cancel(one.number), kind="danger", name=one.cancel_name),
            rx.fragment(),
        ),
        class_name="row",
    )
    return el.li(
        el.div(el.h3(one.title), tag, class_name="apart"),
        purpose,
        el.p(one.next),
        acts,
        el.p(one.ordered, class_name="small soft numbers"),
        class_name="card",
    )


PAGE = cabinet_page("/certificates", common.CERTIFICATES, certificates, CertificatesState.load)
