"""What several rooms of the simulator share: the clock, forms, the password rule, talking."""

import socket
import subprocess
import sys
from datetime import date, timedelta

import pytest
from sim_client import Stand

from esia_sim import Config, password_rule
from esia_sim.forms import Form, read_date
from esia_sim.records import Topic
from esia_sim.serve import open_socket


def test_the_clock_moves_stops_and_says_what_expired(stand: Stand):
    stand.browser.sign_in_as("anna")
    before = stand.clock.now()

    moved = stand.browser.post("/_sim/clock", json={"advance": "13h"}).json()
    stopped = stand.browser.post("/_sim/clock", json={"freeze": True}).json()

    assert stand.clock.now() - before >= timedelta(hours=13)
    assert moved["expired"] == [{"kind": "session", "person": "anna"}]
    assert stopped["now"] == stand.browser.get("/_sim/clock").json()["now"]


def test_a_reset_puts_the_clock_right(stand: Stand):
    stand.browser.post("/_sim/clock", json={"set": "2030-01-01T09:00:00+03:00"})
    assert stand.clock.is_moved

    stand.browser.post("/_sim/reset")

    assert not stand.clock.is_moved


@pytest.mark.parametrize(
    "change",
    [{}, {"advance": "soon"}, {"advance": "999999d"}, {"set": "2026-11-24"}, {"tick": 1},
     {"advance": "1h", "reset": True}],
)  # fmt: skip
def test_a_clock_that_cannot_be_set_so_says_what_it_expects(stand: Stand, change: dict):
    answer = stand.browser.post("/_sim/clock", json=change)

    assert answer.status_code == 400
    assert answer.json()["error"]
    assert not stand.clock.is_moved


@pytest.mark.parametrize(
    "text", ["1.4.1988", "01.04.1988", "01/04/1988", "01 04 1988", "01041988", "1988-04-01"]
)
def test_a_date_is_read_in_any_usual_writing(text: str):
    assert read_date(text) == date(1988, 4, 1)


@pytest.mark.parametrize("text", ["", "31.02.1988", "1988", "апрель", "99999999"])
def test_what_is_no_date_is_none(text: str):
    assert read_date(text) is None


def test_the_first_problem_of_a_field_stays():
    form = Form({"date": " 31.02.1988 "})

    value = form.read("date", read_date, wrong="Нет такого дня.", empty="Введите дату.")
    form.refuse("date", "Другое.")

    assert value is None
    assert form.problems == {"date": "Нет такого дня."}
    assert not form.is_good


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Придумайте"),
        ("Ab1", "8 знаков"),
        ("abcdefgh1", "заглавная"),
        ("ABCDEFGH1", "строчная"),
        ("Abcdefghi", "цифра"),
        ("Пароль-2026", "только латинские"),
        ("A1" + "b" * 300, "Сократите"),
    ],
)
def test_a_weak_password_is_told_what_it_lacks(password: str, words: str):
    assert words in (password_rule.problem(password) or "")


def test_a_good_password_has_no_problem():
    assert password_rule.problem("Pomor-2026") is None


def test_a_person_has_no_more_sessions_than_browsers(stand: Stand):
    for _ in range(60):
        stand.browser.post("/_sim/sessions", json={"person": "anna"})

    assert len(list(stand.world.sessions)) == 50


def test_answers_do_not_wait_for_acknowledgements():
    with open_socket(Config(port=0)) as listener, socket.create_connection(listener.getsockname()):
        accepted, _ = listener.accept()

        # what asyncio looks at before it switches TCP_NODELAY on
        assert accepted.proto == socket.IPPROTO_TCP
        accepted.close()


def test_conversations_are_numbered_and_bounded(stand: Stand):
    first = stand.world.conversations.open(Topic.CHAT)
    stand.world.conversations.say(first, "person", "Здравствуйте")
    for _ in range(600):
        last = stand.world.conversations.open(Topic.CHAT)

    assert first.lines[0].text == "Здравствуйте"
    assert last.number == "000601"
    assert len(stand.world.conversations) == 500


def test_a_start_waits_for_nothing_that_only_pages_need():
    slow = ("jinja2", "joserfc", "segno", "ua_parser", "httpx")

    asked = f"import sys, esia_sim.__main__; print([n for n in {slow} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
