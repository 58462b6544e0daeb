"""Who may call what: every event handler and every HTTP route is listed here with its rule."""

import pytest
from reflex_base.registry import RegistrationContext

from zdrav29_app.endpoints import ROUTES
from zdrav29_app.zdrav29_app import app

# newcomer: a session whose first entry may not be complete; begins with `_newcomer()`
# open: moves the caller's own tab and reads nothing personal
# operator: begins with `await self._operator()`, which knows of no desk for anybody else
# viewer: begins with `await self._viewer()`
HANDLERS = {
    "appointment_state.ask_cancel": "viewer",
    "appointment_state.cancel": "viewer",
    "appointment_state.keep_visit": "open",
    "appointment_state.load": "viewer",
    "appointment_state.send": "viewer",
    "appointments_state.ask_cancel": "viewer",
    "appointments_state.cancel": "viewer",
    "appointments_state.keep_visit": "open",
    "appointments_state.load": "viewer",
    "attachment_history_state.load": "viewer",
    "attachment_state.choose": "open",
    "attachment_state.load": "viewer",
    "attachment_state.search": "open",
    "attachment_state.send": "viewer",
    "attachment_state.select": "open",
    "attachment_state.tell_sent": "open",
    "attachment_state.withdraw": "viewer",
    "booking_state.ask_cancel": "viewer",
    "booking_state.cancel": "viewer",
    "booking_state.choose_branch": "open",
    "booking_state.choose_date": "open",
    "booking_state.choose_order": "open",
    "booking_state.choose_time": "open",
    "booking_state.confirm": "viewer",
    "booking_state.extend": "viewer",
    "booking_state.keep_visit": "open",
    "booking_state.load": "viewer",
    "booking_state.search": "open",
    "certificates_state.cancel": "viewer",
    "certificates_state.load": "viewer",
    "certificates_state.order": "viewer",
    "clinics_state.load": "open",
    "clinics_state.search": "open",
    "consent_state.give": "newcomer",
    "consent_state.load": "newcomer",
    "consent_state.reconsider": "open",
    "consent_state.refuse": "newcomer",
    "desk_announcements_state.announce": "operator",
    "desk_announcements_state.end": "operator",
    "desk_announcements_state.load": "operator",
    "desk_clinic_state.call_off": "operator",
    "desk_clinic_state.decide": "operator",
    "desk_clinic_state.load": "operator",
    "desk_state.close": "operator",
    "desk_state.load": "operator",
    "desk_state.narrow": "open",
    "desk_state.send": "operator",
    "desk_state.take": "operator",
    "doctor_choice_state.load": "viewer",
    "doctor_choice_state.send": "viewer",
    "document_report_state.load": "viewer",
    "document_state.enlarge": "open",
    "document_state.fit": "open",
    "document_state.hide": "viewer",
    "document_state.load": "viewer",
    "document_state.press": "open",
    "document_state.show_readable": "open",
    "document_state.show_results": "open",
    "document_state.show_source": "viewer",
    "document_state.shrink": "open",
    "document_state.turn": "open",
    "document_state.unhide": "viewer",
    "documents_state.find": "open",
    "documents_state.load": "viewer",
    "family_state.ask_relative": "viewer",
    "family_state.confirm_relative": "viewer",
    "family_state.load": "viewer",
    "family_state.open_own": "viewer",
    "family_state.open_ward": "viewer",
    "family_state.revoke": "viewer",
    "holding_state.load": "viewer",
    "help_state.load": "open",
    "help_state.load_topic": "open",
    "help_state.search": "open",
    "home_state.load": "viewer",
    "preferences_state.load": "viewer",
    "preferences_state.save": "viewer",
    "preferences_state.send_test": "viewer",
    "prevention_state.load": "viewer",
    "profile_state.ask_withdraw": "viewer",
    "profile_state.keep_consent": "open",
    "profile_state.load": "viewer",
    "profile_state.toggle": "viewer",
    "profile_state.withdraw": "viewer",
    "recovery_state.load": "open",
    "recovery_state.send": "open",
    "referrals_state.load": "viewer",
    "replacements_state.load": "viewer",
    "replacements_state.refuse": "viewer",
    "replacements_state.take": "viewer",
    "services_state.load": "viewer",
    "record_state.load": "viewer",
    "results_state.load": "viewer",
    "security_state.end": "viewer",
    "security_state.end_all": "viewer",
    "security_state.load": "viewer",
    "security_state.not_me": "viewer",
    "shell_state.arrive": "viewer",
    "shell_state.arrive_new": "newcomer",
    "shell_state.arrive_open": "open",
    "shell_state.arrive_still": "open",
    "shell_state.refuse": "open",
    "shell_state.stay": "viewer",
    "shell_state.toggle_phone": "open",
    "sign_in_state.explain": "open",
    "sign_in_state.load": "open",
    "status_state.load": "open",
    "support_state.go_on": "viewer",
    "support_state.load": "open",
    "support_state.send": "open",
    "timetable_state.load": "open",
    "timetable_state.search": "open",
    "document_upload_state.load": "viewer",
    "unconfirmed_state.load": "open",
    "vision_state.choose": "open",
    "vision_state.forget": "open",
    "vision_state.toggle": "open",
    "waiting_state.ask_leave": "viewer",
    "waiting_state.choose_branch": "open",
    "waiting_state.choose_speciality": "open",
    "waiting_state.decline": "viewer",
    "waiting_state.join": "viewer",
    "waiting_state.keep_place": "open",
    "waiting_state.leave": "viewer",
    "waiting_state.load": "viewer",
    "waiting_state.take": "viewer",
    "welcome_state.confirm": "newcomer",
    "welcome_state.load": "newcomer",
    "welcome_state.send_code": "newcomer",
}

# demo: programs of this machine, in demo mode only; open: nothing personal
# machine: programs of this machine, or with the key of the setting
# attempt: bound to the browser's attempt; viewer: needs a session; link: a token of a letter
ROUTE_RULES = {
    "/auth/esia/login": "open",
    "/auth/esia/callback": "attempt",
    "/auth/way": "viewer",
    "/auth/logout": "open",
    "/appointments/{number:str}.ics": "viewer",
    "/appointments/{number:str}.pdf": "viewer",
    "/visit/{act:str}/{token:str}": "link",
    "/files": "viewer",
    "/support/{number:str}/files": "viewer",
    "/support/files/{file_id:str}": "viewer",
    "/files/{document_id:str}": "viewer",
    "/files/{document_id:str}/readable": "viewer",
    "/files/{document_id:str}/report": "viewer",
    "/healthz": "open",
    "/readyz": "open",
    "/metrics": "machine",
    "/_demo/announcements": "demo",
    "/_demo/services": "demo",
    "/_demo/sessions": "demo",
    "/_demo/clinic": "demo",
    "/_demo/clock": "demo",
    "/_demo/expectations": "demo",
    "/_demo/reset": "demo",
    "/_demo/people/{oid:str}": "demo",
}


def _our_handlers() -> dict[str, object]:
    assert app, "importing the application registers its handlers"
    registered = RegistrationContext.get().event_handlers
    ours = {name: each for name, each in registered.items() if ".zdrav29_app___" in name}
    return {
        name.rpartition("____")[2]: each.handler.fn
        for name, each in ours.items()
        if not name.endswith(".setvar")
    }


def test_every_event_handler_is_listed_with_its_rule():
    assert set(_our_handlers()) == set(HANDLERS)


@pytest.mark.parametrize("name", [name for name, rule in HANDLERS.items() if rule == "viewer"])
def test_a_handler_for_viewers_asks_who_is_there(name: str):
    code = _our_handlers()[name].__code__  # pyright: ignore[reportAttributeAccessIssue]

    assert {"_viewer", "_cancel", "_end", "_arrive_entered", "_strong_viewer", "_set_hidden"} & set(
        code.co_names
    )


@pytest.mark.parametrize("name", [name for name, rule in HANDLERS.items() if rule == "operator"])
def test_a_handler_of_the_desk_asks_for_an_operator(name: str):
    code = _our_handlers()[name].__code__  # pyright: ignore[reportAttributeAccessIssue]

    assert "_operator" in code.co_names


@pytest.mark.parametrize("name", [name for name, rule in HANDLERS.items() if rule == "newcomer"])
def test_a_handler_of_the_first_entry_asks_who_is_there(name: str):
    code = _our_handlers()[name].__code__  # pyright: ignore[reportAttributeAccessIssue]

    assert "_newcomer" in code.co_names


def test_every_route_is_listed_with_its_rule():
    assert {route.path for route in ROUTES} == set(ROUTE_RULES)
