"""The trainer's desk: every button does what it says, and nobody else may press it."""

from dataclasses import replace

import pytest
from sim_client import PASSWORD, Stand
from starlette.routing import Route

from esia_sim import Config, create_app, openapi
from esia_sim import app as app_room
from esia_sim.desk_texts import SITUATIONS

ANNA = "+7(900)000-01-01"


def press(stand: Stand, act: str, value: str = "", **more: str):
    return stand.browser.post("/_sim/desk", data={"act": act, "value": value, **more})


def test_the_desk_shows_people_messages_and_sign_ins(stand: Stand):
    stand.browser.fill("/login", login=ANNA, password=PASSWORD)
    stand.browser.fill("/login/code", code=stand.last_code())

    page = stand.browser.get("/_sim/").text

    for words in ("Двинская Анна", "Код подтверждения", "Пароль, код из СМС", "Часы стенда"):
        assert words in page


def test_people_are_found_by_name(stand: Stand):
    page = stand.browser.get("/_sim/", params={"q": "двинск"}).text

    assert "Двинская" in page
    assert "Мезенский" not in page


@pytest.mark.parametrize("situation", [name for name, _, _ in SITUATIONS])
def test_every_situation_is_set_and_taken_back(stand: Stand, situation: str):
    press(stand, "situation", situation)
    [one] = stand.world.expectations.all
    assert "Снять" in stand.browser.get("/_sim/").text

    press(stand, "forget", one.id)

    assert stand.world.expectations.all == []


def test_a_late_sms_is_called_by_one_click(stand: Stand):
    press(stand, "situation", "late_sms")
    stand.browser.fill("/login", login=ANNA, password=PASSWORD)
    assert stand.world.inbox.find() == []

    press(stand, "clock", "5m")
    stand.browser.get("/_sim/")

    assert stand.last_code()


def test_a_person_is_locked_and_let_in_again(stand: Stand):
    other = stand.new_browser()
    other.sign_in_as("anna")

    press(stand, "lock", "anna")
    assert other.get("/profile").headers["Location"] == "/login"
    press(stand, "unlock", "anna")

    entered = stand.browser.fill("/login", login=ANNA, password=PASSWORD)
    assert entered.headers["Location"] == "/login/code"


def test_the_clock_is_stopped_moved_and_put_right(stand: Stand):
    press(stand, "clock", "freeze")
    assert "стоят" in stand.browser.get("/_sim/").text
    press(stand, "clock", "1d")
    press(stand, "clock", "reset")

    assert not stand.clock.is_moved


def test_a_reset_needs_to_be_meant(stand: Stand):
    press(stand, "lock", "anna")
    press(stand, "reset", "maybe")
    assert stand.world.people["anna"].state == "locked"

    press(stand, "reset", "yes")

    assert stand.world.people["anna"].state == "active"


def test_support_is_answered_from_the_desk(stand: Stand):
    stand.browser.post("/support", data={"text": "оператор"})
    [number] = stand.world.conversations

    press(stand, "answer", number, text="Слушаю вас")

    assert "Слушаю вас" in stand.browser.get("/support").text


@pytest.mark.parametrize(
    ("act", "value"),
    [("", ""), ("situation", "flood"), ("lock", "nobody"), ("clock", "-1"), ("answer", "9")],
)
def test_a_button_that_does_not_exist_changes_nothing(stand: Stand, act: str, value: str):
    assert press(stand, act, value).status_code == 303
    assert stand.world.expectations.all == []


def test_a_form_of_another_site_is_refused(stand: Stand):
    answer = stand.browser.post(
        "/_sim/desk",
        data={"act": "reset", "value": "yes"},
        headers={"Sec-Fetch-Site": "cross-site"},
    )

    assert answer.status_code == 403


def test_beyond_loopback_the_desk_opens_by_its_key(stand: Stand, config: Config):
    stand.app = create_app(
        replace(config, host="0.0.0.0", control_key="hemmelig"),
        stand.clock,
    )
    closed = stand.browser.get("/_sim/")
    wrong = stand.browser.post("/_sim/key", data={"key": "guess"})

    stand.browser.post("/_sim/key", data={"key": "hemmelig"})

    assert (closed.status_code, wrong.status_code) == (403, 403)
    assert "Пульт ведущего" in stand.browser.get("/_sim/").text


def test_every_control_call_is_described_and_no_other(stand: Stand):
    described = stand.browser.get("/_sim/openapi.json").json()

    routes = {
        (route.path, method.lower())
        for route in app_room._CONTROL  # pyright: ignore[reportPrivateUsage]
        if isinstance(route, Route)
        for method in (route.methods or set()) - {"HEAD"}
    }
    found = {(path, method) for path, calls in described["paths"].items() for method in calls}
    assert found == routes
    assert all(call["summary"] for calls in described["paths"].values() for call in calls.values())
    assert set(openapi.BODIES) | set(openapi.QUERIES) <= {(p, m.upper()) for p, m in routes}
