"""What an operator does for a clinic: decides applications, calls off visits."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.state.desk_clinic import WHY_LIMIT, DeskClinicState
from zdrav29_app.texts import desk as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = DeskClinicState  # its fields are vars here


def applications() -> Component:
    """Applications to be decided, and how the last ones were."""
    empty = ui.card(ui.empty(texts.NO_APPLICATIONS, texts.NO_APPLICATIONS_REASON))
    listed = el.ul(rx.foreach(state.applications, _application), class_name="visits")
    return el.section(
        el.h2(texts.APPLICATIONS),
        rx.cond(state.applications.length() > 0, listed, empty),
        class_name="stack",
    )


def _application(one: Any) -> Component:
    tag = el.span(one.status, class_name="tag", custom_attrs={"data-tone": one.tone})
    outcome = el.p(texts.REASON, ": ", one.outcome, class_name="small soft")
    moved = el.p(texts.NEW_ADDRESS, ": ", one.new_address, class_name="small")
    return el.li(
        el.div(el.h3(one.title, class_name="numbers"), tag, class_name="apart"),
        el.p(el.b(one.who), " → ", one.clinic),
        el.p(one.reason, ". ", texts.PLACES, ": ", one.places, class_name="small soft"),
        rx.cond(one.new_address != "", moved, rx.fragment()),
        rx.cond(one.outcome != "", outcome, rx.fragment()),
        rx.cond(one.is_open, _decision(one), rx.fragment()),
        class_name="card card-tight",
        key=one.number,
    )


def _decision(one: Any) -> Component:
    choices = el.div(
        el.label(texts.DECISION, html_for=one.choice_id),
        el.select(rx.foreach(one.choices, ui.option), id=one.choice_id, name="decision"),
        class_name="field",
    )
    return el.form(
        el.p(texts.DECIDE_BY, " ", one.due, class_name="small soft numbers"),
        el.input(type="hidden", name="number", value=one.number),
        el.div(
            choices,
            el.div(ui.button(texts.DECIDE, type="submit", name=one.decide_name)),
            class_name="fields",
        ),
        on_submit=state.decide,
        class_name="stack-8",
    )


def visits() -> Component:
    """The form that cancels a visit for its clinic."""
    return el.section(
        el.h2(texts.VISITS),
        el.form(
            el.p(texts.VISITS_HINT, class_name="soft"),
            el.div(
                ui.text_field(
                    texts.NUMBER,
                    "visit",
                    hint=el.p(texts.NUMBER_HINT, class_name="small soft"),
                    problem=state.number_problem,
                    auto_complete="off",
                    max_length=20,
                ),
                ui.text_field(texts.WHY, "why", problem=state.why_problem, max_length=WHY_LIMIT),
                class_name="fields",
            ),
            el.div(ui.button(texts.CALL_OFF, kind="primary", type="submit")),
            on_submit=state.call_off,
            key=state.sent_count,
            no_validate=True,
            class_name="card",
        ),
        class_name="stack",
    )
