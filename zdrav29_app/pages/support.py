"""`/support`: asking support, and one's own requests."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import Page, draft, framed
from zdrav29_app.state.shell import ShellState
from zdrav29_app.state.support import CONTACT_LIMIT, TEXT_LIMIT, SupportState
from zdrav29_app.texts import common
from zdrav29_app.texts import recovery as recovery_texts
from zdrav29_app.texts import support as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = SupportState  # its fields are vars here


def support() -> Component:
    """The form, what was sent, and the other way: the telephone."""
    content = rx.fragment(
        _sent(),
        ui.columns(
            el.div(_form(), _mine(), class_name="stack"),
            el.div(_call(), _cannot_sign_in(), class_name="stack"),
            label=texts.CALL,
        ),
    )
    return framed(common.SUPPORT, rx.cond(state.loaded, content, ui.skeleton(8)))


def _sent() -> Component:
    done = ui.done(state.sent_title, el.p(state.sent))
    shown = rx.cond(state.sent != "", done, rx.fragment())
    return el.div(shown, id="sent", role="status", tab_index=-1, class_name="live")


def _form() -> Component:
    attached = el.p(texts.ATTACHED, state.about, class_name="small soft numbers")
    contact = ui.text_field(
        texts.CONTACT,
        "contact",
        problem=state.contact_problem,
        auto_complete="tel",
        max_length=CONTACT_LIMIT,
    )
    return el.form(
        el.h2(texts.NEW),
        el.p(rx.cond(state.is_signed_in, texts.LEAD, texts.LEAD_OUTSIDE), class_name="soft"),
        ui.select_field(texts.TOPIC, "topic", state.topics, state.topic),
        ui.text_area(
            texts.TEXT,
            "text",
            hint=texts.TEXT_HINT,
            problem=state.text_problem,
            max_length=TEXT_LIMIT,
        ),
        rx.cond(state.is_signed_in, rx.fragment(), contact),
        rx.cond(state.about != "", attached, rx.fragment()),
        el.div(ui.button(texts.SEND, kind="primary", type="submit")),
        on_submit=state.send,
        key=state.sent_count,
        no_validate=True,
        custom_attrs=draft("request", accepted=state.sent_count),
        class_name="card",
    )


def _mine() -> Component:
    empty = ui.card(ui.empty(texts.NONE, texts.NONE_REASON))
    listed = el.ul(rx.foreach(state.requests, _request), class_name="stack")
    section = el.section(
        el.h2(texts.MY_REQUESTS),
        rx.cond(state.requests.length() > 0, listed, empty),
        class_name="stack",
    )
    return rx.cond(state.is_signed_in, section, rx.fragment())


def _request(one: Any) -> Component:
    return el.li(
        el.div(
            el.h3(one.title, class_name="numbers"),
            el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone}),
            class_name="apart",
        ),
        el.p(one.topic, ". ", one.when, class_name="small soft"),
        rx.cond(one.about != "", el.p(one.about, class_name="small soft numbers"), rx.fragment()),
        el.ol(rx.foreach(one.thread, _said), class_name="thread"),
        el.details(
            el.summary(one.go_on, aria_label=one.go_on_name),
            el.form(
                _more(one),
                el.input(type="hidden", name="number", value=one.number),
                el.div(ui.button(texts.SEND_MORE, type="submit")),
                on_submit=state.go_on,
                custom_attrs=draft("more-" + one.number, accepted=one.thread.length()),
                reset_on_submit=True,
                class_name="stack",
            ),
        ),
        files(one),
        _add_file(one),
        class_name="card",
    )


def files(one: Any) -> Component:
    """The files of a request; nothing when it has none."""
    listed = el.section(
        el.h4(texts.FILES),
        el.ul(rx.foreach(one.files, _file), class_name="bare"),
        class_name="stack-tight",
    )
    return rx.cond(one.files.length() > 0, listed, rx.fragment())


def _file(file: Any) -> Component:
    return el.li(ui.endpoint_link(file.name, file.href, class_name="way"))


def _add_file(one: Any) -> Component:
    chosen = ui.text_field(
        texts.CHOOSE_FILE,
        one.file_id,
        name="file",
        hint=el.p(texts.CHOOSE_FILE_HINT, class_name="small soft"),
        type="file",
        accept="application/pdf,image/jpeg",
        required=True,
    )
    return el.details(
        el.summary(texts.ADD_FILE, aria_label=one.file_name),
        ui.endpoint_form(
            one.file_href,
            chosen,
            el.div(ui.button(texts.SEND_FILE, type="submit")),
            enc_type="multipart/form-data",
            class_name="stack",
        ),
    )


def _more(one: Any) -> Component:
    return ui.text_area(
        texts.ADD, "more-" + one.number, name="more", max_length=TEXT_LIMIT, required=True
    )


def _said(said: Any) -> Component:
    return el.li(
        el.p(el.b(said.who), ", ", said.when, class_name="small soft"),
        el.p(said.text, class_name="typed"),
        custom_attrs={"data-mine": rx.cond(said.by_patient, "true", "false")},
    )


def _call() -> Component:
    return ui.card(
        el.h2(texts.CALL),
        el.p(ui.phone_link(common.SUPPORT_PHONE)),
        el.p(common.SUPPORT_HOURS, class_name="small soft"),
        custom_attrs={"data-kind": "help"},
    )


def _cannot_sign_in() -> Component:
    card = ui.card(
        el.h2(texts.CANNOT_SIGN_IN),
        el.p(texts.CANNOT_SIGN_IN_TEXT),
        el.p(ui.link(recovery_texts.TITLE, "/support/recovery")),
        custom_attrs={"data-kind": "help"},
    )
    return rx.cond(state.is_signed_in, rx.fragment(), card)


PAGE = Page(
    "/support",
    f"{common.SUPPORT} — {common.SERVICE}",
    support,
    [SupportState.load, ShellState.arrive_open],
)
