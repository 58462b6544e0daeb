"""One request before an operator: who asks, the thread, and the answer."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import draft
from zdrav29_app.state.desk import TEXT_LIMIT, DeskState
from zdrav29_app.texts import desk as texts
from zdrav29_app.texts import support as support_texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = DeskState  # its fields are vars here


def opened(card: Any) -> Component:
    """The request with everything that can be done about it."""
    back = ui.link(rx.fragment(ui.icon("back", size=20), texts.BACK), "/desk", class_name="back")
    return el.div(
        el.p(back),
        ui.columns(
            el.div(_thread(card), _reply(card), class_name="stack"),
            el.div(_about(card), _claim(card), class_name="stack"),
            label=texts.WHO,
        ),
        class_name="stack",
    )


def _thread(card: Any) -> Component:
    one = card.request
    files = el.section(
        el.h3(texts.FILES),
        el.ul(rx.foreach(one.files, _file), class_name="bare"),
        class_name="stack-8",
    )
    return ui.card(
        el.div(
            el.h2(one.title, class_name="numbers"),
            el.span(card.status, class_name="tag", custom_attrs={"data-tone": card.tone}),
            class_name="apart",
        ),
        el.ol(rx.foreach(one.thread, _said), class_name="thread"),
        rx.cond(one.files.length() > 0, files, rx.fragment()),
    )


def _file(file: Any) -> Component:
    return el.li(ui.endpoint_link(file.name, file.href, class_name="way"))


def _said(said: Any) -> Component:
    who = rx.cond(said.by_patient, support_texts.PATIENT, support_texts.SUPPORT)
    return el.li(
        el.p(el.b(who), ", ", said.when, class_name="small soft"),
        el.p(said.text, class_name="typed"),
        custom_attrs={"data-mine": rx.cond(said.by_patient, "true", "false")},
    )


def _about(card: Any) -> Component:
    unreachable = el.p(texts.CANNOT_REACH, class_name="small")
    about = rx.cond(card.request.about != "", card.request.about, "—")
    return ui.card(
        ui.definition(
            (texts.WHO, card.who),
            (texts.TOPIC, card.request.topic),
            (texts.ABOUT, about),
            (texts.CONTACT, card.contact),
            (texts.ASKED, card.asked),
            (texts.DUE, card.due),
        ),
        rx.cond(card.is_reachable, rx.fragment(), unreachable),
    )


def _claim(card: Any) -> Component:
    rows = rx.foreach(card.claimed, _claimed)
    shown = ui.card(
        el.h2(texts.CLAIM),
        el.p(texts.CLAIM_HINT, class_name="small soft"),
        el.p(el.b(card.verdict)),
        el.dl(
            rows,
            el.div(el.dt(texts.CODE), el.dd(card.code, class_name="numbers")),
            class_name="rows",
        ),
    )
    return rx.cond(card.claimed.length() > 0, shown, rx.fragment())


def _claimed(one: Any) -> Component:
    tag = el.span(one.fits, class_name="tag", custom_attrs={"data-tone": one.tone})
    return el.div(el.dt(one.term), el.dd(one.value, el.br(), tag))


def _reply(card: Any) -> Component:
    take = ui.button(texts.TAKE, state.take)
    close = ui.button(texts.CLOSE, state.close, kind="danger")
    return el.form(
        ui.select_field(texts.KIND, "kind", state.kinds, "answer"),
        ui.text_area(
            texts.TEXT,
            "text",
            hint=texts.TEXT_HINT,
            problem=state.text_problem,
            max_length=TEXT_LIMIT,
        ),
        el.div(
            ui.button(texts.SEND, kind="primary", type="submit"),
            rx.cond(card.is_new, take, rx.fragment()),
            rx.cond(card.is_closed, rx.fragment(), close),
            class_name="row",
        ),
        on_submit=state.send,
        key=state.sent_count,
        no_validate=True,
        custom_attrs=draft("desk-" + card.request.number, accepted=state.sent_count),
        class_name="card",
    )
