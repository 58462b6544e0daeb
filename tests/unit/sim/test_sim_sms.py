"""Signing in by an SMS code alone: for people without a password, telling nothing to others."""

import re
from datetime import timedelta

import pytest
from sim_client import Stand, query

NOBODY, KLAVA = "+7 900 999-99-99", "+7(900)000-01-19"


def ask(stand: Stand, login: str):
    return stand.browser.fill("/login/sms", login=login)


def bare(text: str) -> str:
    """A page without what differs between two attempts of one person."""
    return re.sub(r'value="[^"]*"', "", text)


def test_a_person_without_a_password_signs_in_by_a_code(stand: Stand):
    stand.browser.get("/aas/oauth2/ac", params=stand.params())
    ask(stand, KLAVA)

    signed_in = stand.browser.fill("/login/sms/code", code=stand.last_code("klava"))
    allowed = stand.browser.fill("/login/consent", decision="allow")

    assert signed_in.headers["Location"] == "/login/consent"
    assert query(allowed)["code"]
    assert [ways.ways for ways in stand.world.sign_ins["klava"]] == [("sms",)]


def test_a_phone_that_nobody_has_looks_the_same_at_every_step(stand: Stand):
    pages = {}
    for login in (NOBODY, KLAVA):
        stand.browser.cookies.clear()
        steps = [ask(stand, login), stand.browser.get("/login/sms/code")]
        steps += [stand.browser.fill("/login/sms/code", code="000000") for _ in range(4)]
        pages[login] = [(step.status_code, bare(step.text)) for step in steps]

    assert pages[NOBODY] == pages[KLAVA]


def test_a_phone_cannot_be_flooded_from_many_browsers(stand: Stand):
    for _ in range(5):
        stand.browser.cookies.clear()
        ask(stand, KLAVA)

    sent = stand.browser.get("/_sim/messages", params={"to": "klava"}).json()["messages"]

    assert len(sent) == 1


def test_another_code_is_sent_after_the_delay_and_ends_the_first(stand: Stand):
    ask(stand, KLAVA)
    first = stand.last_code("klava")
    too_soon = stand.browser.fill("/login/sms/code", code="").text
    stand.clock.advance(timedelta(seconds=61))

    token = re.search(r'name="token" value="([^"]+)"', too_soon)
    assert token
    stand.browser.post("/login/sms/code/resend", data={"token": token[1]})

    assert stand.browser.fill("/login/sms/code", code=first).status_code == 200
    entered = stand.browser.fill("/login/sms/code", code=stand.last_code("klava"))
    assert entered.status_code == 302


@pytest.mark.parametrize("login", ["", "   "])
def test_an_empty_phone_is_named(stand: Stand, login: str):
    assert "Введите номер телефона" in ask(stand, login).text


def test_a_code_without_the_first_step_leads_back_to_it(stand: Stand):
    stand.browser.get("/login/sms")

    assert stand.browser.get("/login/sms/code").headers["Location"] == "/login/sms"


def test_a_locked_account_is_told_only_after_the_right_code(stand: Stand):
    ask(stand, "+7(900)000-01-08")

    answer = stand.browser.fill("/login/sms/code", code=stand.last_code("zoya"))

    assert "Вход временно закрыт" in answer.text


@pytest.mark.parametrize(
    ("page", "field", "way_on"),
    [
        ("/login/sms", "login", "/login/sms/code"),
        ("/recovery", "contact", "/recovery/code"),
        ("/registration", "phone", "/registration/code"),
    ],
)
def test_pressing_twice_keeps_the_code_that_was_sent(
    stand: Stand, page: str, field: str, way_on: str
):
    phone = "+79017770001" if page == "/registration" else KLAVA
    form = {field: phone}
    if page == "/login/sms":
        form["token"] = stand.browser.get(page).text.split('name="token" value="')[1].split('"')[0]
    for _ in range(2):
        assert stand.browser.post(page, data=form).headers["Location"] == way_on
    to = {"to": "klava" if phone == KLAVA else phone}
    [message] = stand.browser.get("/_sim/messages", params=to).json()["messages"]

    answer = stand.browser.fill(way_on, code=message["code"])

    assert answer.status_code in {302, 303}
