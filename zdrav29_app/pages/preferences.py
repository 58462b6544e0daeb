"""`/settings`: of what, how and when a person wants to be told."""

from typing import Any

from zdrav29_app import ui
from zdrav29_app.pages.shell import cabinet_page, draft
from zdrav29_app.state.preferences import PreferencesState
from zdrav29_app.texts import common
from zdrav29_app.texts import preferences as texts
from zdrav29_app.ui.typing import Component, el, rx

state: Any = PreferencesState  # its fields are vars here


def preferences() -> Component:
    """Where messages go, and what is chosen."""
    content = rx.fragment(_contacts(), _form())
    return el.div(
        el.p(texts.LEAD, class_name="lead"),
        rx.cond(state.loaded, content, ui.skeleton(9)),
        class_name="stack narrow",
    )


def _contacts() -> Component:
    return ui.card(
        el.h2(texts.WHERE),
        el.dl(rx.foreach(state.contacts, _contact), class_name="rows rows-first"),
        el.p(
            texts.CHANGE,
            ui.outside_link(texts.ESIA_PROFILE, state.profile_href),
            ".",
            class_name="small soft",
        ),
        el.div(ui.button(texts.TEST, state.send_test)),
    )


def _contact(one: Any) -> Component:
    return el.div(el.dt(one.term), el.dd(one.value, class_name="numbers"))


def _form() -> Component:
    groups = [_group(group, title, hint) for group, (title, hint) in texts.GROUPS.items()]
    return el.form(
        el.h2(texts.WHAT),
        *groups,
        el.fieldset(
            el.legend(texts.WHEN),
            *[_box(f"remind-{hours}", name, f"remind:{hours}") for hours, name in _REMIND],
            class_name="boxes",
        ),
        _quiet(),
        el.div(ui.button(texts.SAVE, kind="primary", type="submit")),
        on_submit=state.save,
        no_validate=True,
        key=state.shown_count,
        custom_attrs=draft("settings", accepted=state.saved_count),
        class_name="card",
    )


_REMIND = list(texts.REMIND.items())


def _group(group: str, title: str, hint: str) -> Component:
    boxes = [
        _box(f"{group}-{channel}", name, f"{group}:{channel}")
        for channel, name in texts.CHANNELS.items()
    ]
    problem = (
        ui.problem_line(state.security_problem, "security-problem")
        if group == "security"
        else rx.fragment()
    )
    return el.fieldset(
        el.legend(title),
        el.p(hint, class_name="small soft") if hint else rx.fragment(),
        problem,
        *boxes,
        class_name="boxes",
    )


def _box(field_id: str, label: str, choice: str) -> Component:
    return ui.checkbox(label, field_id, is_chosen=state.chosen.contains(choice))


def _quiet() -> Component:
    return el.fieldset(
        el.legend(texts.QUIET),
        el.p(texts.QUIET_HINT, class_name="small soft"),
        ui.checkbox(texts.QUIET_ON, "quiet", is_chosen=state.has_quiet),
        el.div(
            ui.text_field(texts.FROM, "quiet_from", type="time", default_value=state.quiet_from),
            ui.text_field(texts.TO, "quiet_to", type="time", default_value=state.quiet_to),
            class_name="fields",
        ),
        ui.problem_line(state.quiet_problem, "quiet-problem"),
        class_name="boxes",
    )


PAGE = cabinet_page("/settings", common.SETTINGS, preferences, PreferencesState.load)
