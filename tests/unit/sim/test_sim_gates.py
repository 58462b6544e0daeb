"""Gates, drawn delays, profiles, magic numbers, and the check of a teardown."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sim_client import Stand

from esia_sim import Config, magic, run_in_thread
from esia_sim.chance import Chance
from esia_sim.expectations import ANY, Delay, Expectation, Expectations
from esia_sim.profiles import PROFILES
from esia_sim.remote import Esia


@pytest.fixture(scope="module")
def running() -> Iterator[Esia]:
    with run_in_thread(Config()) as esia:
        yield esia


@pytest.fixture
def http(running: Esia) -> Iterator[httpx.Client]:
    running.reset()
    with httpx.Client(base_url=running.url, trust_env=False, timeout=20) as client:
        yield client


def expect(http: httpx.Client, then: dict[str, Any], *, times: int = 1) -> None:
    body = {"when": {"endpoint": "logout"}, "then": then, "times": times}
    assert http.post("/_sim/expectations", json=body).status_code == 201


def gate(http: httpx.Client, **query: Any) -> dict[str, Any]:
    return http.get("/_sim/gates/g1", params=query).json()


def test_two_clicks_stand_at_a_gate_until_they_are_released(http: httpx.Client):
    expect(http, {"hold": "g1"}, times=2)

    with ThreadPoolExecutor(2) as pool:
        clicks = [pool.submit(http.get, "/idp/ext/Logout") for _ in range(2)]
        seen = gate(http, count=2, wait=10)
        unanswered = [click.done() for click in clicks]
        released = http.post("/_sim/gates/g1/release").json()

    assert seen == {"name": "g1", "waiting": 2, "held": 2}
    assert unanswered == [False, False]
    assert (released["gone"], released["waiting"]) == (2, 0)
    assert [click.result().status_code for click in clicks] == [302, 302]


def test_a_request_dropped_at_a_gate_gets_no_answer_at_all(http: httpx.Client):
    expect(http, {"hold": "g1"})

    with ThreadPoolExecutor(1) as pool:
        click = pool.submit(http.get, "/idp/ext/Logout")
        gate(http, wait=10)
        http.post("/_sim/gates/g1/drop")

        with pytest.raises(httpx.TransportError):
            click.result()


def test_a_reset_lets_go_whoever_stands_at_a_gate(http: httpx.Client):
    expect(http, {"hold": "g1"})

    with ThreadPoolExecutor(1) as pool:
        click = pool.submit(http.get, "/idp/ext/Logout")
        gate(http, wait=10)
        http.post("/_sim/reset")

        assert click.result().status_code == 302


def test_a_gate_of_one_world_holds_nobody_of_another(http: httpx.Client, running: Esia):
    world = http.post("/_sim/worlds").json()["url"]
    expect(http, {"hold": "g1"})

    assert http.get(f"{world}/idp/ext/Logout").status_code == 302
    assert gate(http)["waiting"] == 0


@pytest.mark.parametrize(
    "call", ["/_sim/gates/a.b", "/_sim/gates/g1?count=x", "/_sim/gates/g1?n=1"]
)
def test_a_wrong_question_about_a_gate_is_refused_by_name(http: httpx.Client, call: str):
    answer = http.get(call)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_a_dropped_connection_really_closes(http: httpx.Client):
    expect(http, {"drop": True})

    with pytest.raises(httpx.TransportError):
        http.get("/idp/ext/Logout")


def test_delays_are_drawn_in_their_bounds_and_repeat_with_a_seed():
    even, late = Delay(least=1, most=2), Delay(median=1, sigma=1)

    drawn = [[delay.draw(Chance("7")) for delay in (even, late)] for _ in range(2)]
    many = [even.draw(Chance()) for _ in range(100)]

    assert drawn[0] == drawn[1]
    assert all(1 <= seconds <= 2 for seconds in many)
    assert late.draw(Chance("7")) > 0


@pytest.mark.parametrize(
    "delay", [2, 0.5, {"from": 1, "to": 3}, {"median": 1.5, "sigma": 0.5}], ids=str
)
def test_a_delay_is_listed_as_it_was_given(http: httpx.Client, delay: object):
    expect(http, {"delay": delay})

    assert http.get("/_sim/expectations").json()["expectations"][0]["then"] == {"delay": delay}


def test_a_stand_that_is_down_answers_everything_like_a_broken_proxy(stand: Stand):
    stand.browser.post("/_sim/expectations", json={"profile": "down"})

    answers = [stand.browser.get(path, params=stand.params()) for path in ("/aas/oauth2/ac",)]
    answers.append(stand.browser.get("/idp/ext/Logout"))

    assert {(one.status_code, one.headers["content-type"]) for one in answers} == {
        (503, "text/html; charset=utf-8")
    }
    assert stand.browser.get("/_sim/health").status_code == 200


def test_a_flaky_stand_fails_in_the_same_calls_each_time_with_a_seed():
    def failures() -> list[bool]:
        expected = Expectations(Chance("7"))
        for one in PROFILES["flaky"]():
            expected.add(one)
        return [expected.take("token") is not None for _ in range(200)]

    assert failures() == failures()
    assert 10 < sum(failures()) < 60


def test_messages_are_not_meant_by_an_expectation_of_any_call():
    expected = Expectations()
    expected.add(Expectation(endpoint=ANY, drop=True))

    assert expected.take("sms") is None
    assert expected.take("token")


def test_a_teardown_fails_on_what_was_not_met(stand: Stand):
    body = {"when": {"endpoint": "logout"}, "then": {"status": 500}}
    stand.browser.post("/_sim/expectations", json=body)
    stand.browser.post("/_sim/expectations", json={"profile": "slow"})

    before = stand.browser.post("/_sim/expectations/verify")
    stand.browser.get("/idp/ext/Logout")
    after = stand.browser.post("/_sim/expectations/verify")

    assert before.status_code == 409
    assert [one["when"] for one in before.json()["unmet"]] == [{"endpoint": "logout"}]
    assert after.status_code == 200


def test_an_expectation_ends_when_its_time_is_over(stand: Stand, monkeypatch: pytest.MonkeyPatch):
    body = {"when": {"endpoint": "logout"}, "then": {"status": 500}, "ttl": 60}
    stand.browser.post("/_sim/expectations", json=body)

    monkeypatch.setattr("esia_sim.expectations.time.monotonic", lambda: 1e12)

    assert stand.browser.get("/_sim/expectations").json()["expectations"] == []


def test_expectations_are_limited_in_number(stand: Stand):
    for _ in range(500):
        stand.world.expectations.add(Expectation(endpoint="logout", drop=True))

    body = {"when": {"endpoint": "logout"}, "then": {"status": 500}}
    assert stand.browser.post("/_sim/expectations", json=body).status_code == 429


def send(stand: Stand, to: str) -> httpx.Response:
    return stand.browser.post("/_sim/messages", json={"channel": "sms", "to": to, "text": "Код: 1"})


def arrived(stand: Stand, to: str) -> int:
    return len(stand.browser.get("/_sim/messages", params={"to": to}).json()["messages"])


def test_the_gateway_refuses_a_magic_number(stand: Stand):
    assert send(stand, magic.REFUSED).status_code == 503


def test_a_message_to_a_magic_number_never_arrives(stand: Stand):
    assert send(stand, magic.LOST).status_code == 201

    stand.clock.advance(timedelta(days=1))

    assert arrived(stand, magic.LOST) == 0


def test_a_message_to_a_magic_number_is_late_by_the_clock(stand: Stand):
    send(stand, magic.LATE)
    before = arrived(stand, magic.LATE)

    stand.clock.advance(timedelta(seconds=magic.LATE_SECONDS + 1))

    assert (before, arrived(stand, magic.LATE)) == (0, 1)
