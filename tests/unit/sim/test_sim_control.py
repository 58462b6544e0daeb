"""The control calls: people, messages with cursor and waiting, sessions, clients, reset."""

import asyncio
import re
import time

import httpx
import pytest
from sim_client import PASSWORD, Stand, run, timestamp

from esia_sim import Config, create_app, run_in_thread
from esia_sim.identifiers import luhn_digit, normalise_inn, normalise_snils
from esia_sim.people_fields import load_cast

SMS = {"channel": "sms", "to": "8 900 000 01 01", "text": "Код: 1234", "from": "Здрав29"}


def test_health_answers(stand: Stand):
    assert stand.browser.get("/_sim/health").status_code == 200


def test_cast_is_whole_and_consistent(stand: Stand):
    people = stand.browser.get("/_sim/people").json()["people"]

    keys = (
        "anna boris vera pavel sasha oleg lida zoya igor nina timur rita max olga nadya galya"
        " fedor semyon klava"
    )
    assert [one["key"] for one in people] == keys.split()
    assert [one["oid"] for one in people] == list(range(1000000101, 1000000120))
    for one in people:
        assert one["snils"] is None or normalise_snils(one["snils"]) == one["snils"]
        assert one["inn"] is None or normalise_inn(one["inn"])
        for document in one["documents"]:
            if document["type"] == "MDCL_PLCY":
                assert document["number"][-1] == luhn_digit(document["number"][:-1])


def test_known_password_is_shown_and_absent_things_are_null(stand: Stand):
    anna = stand.browser.get("/_sim/people/anna").json()
    klava = stand.browser.get("/_sim/people/1000000119").json()
    boris = stand.browser.get("/_sim/people/boris").json()

    assert anna["password"] == PASSWORD
    assert anna["login"] == anna["phone"] == "+7(900)000-01-01"
    assert (klava["password"], klava["login"]) == (None, "+7(900)000-01-19")
    assert (boris["login"], boris["phone"], boris["password"]) == (None, None, None)
    assert "password_hash" not in anna


def test_birth_dates_follow_the_day(stand: Stand):
    today = stand.clock.now().date()

    people = {one.key: one for one in load_cast(Config().people, today=today).people}

    assert (people["sasha"].birth_date.replace(year=today.year) - today).days in {6, 7, 8, -358}
    assert today.year - people["boris"].birth_date.year in {7, 8}


def test_new_people_are_unique_and_right(stand: Stand):
    made = [stand.browser.post("/_sim/people").json() for _ in range(30)]

    for field in ("key", "oid", "phone", "email", "snils", "inn"):
        assert len({one[field] for one in made}) == 30
    assert all(normalise_snils(one["snils"]) and normalise_inn(one["inn"]) for one in made)
    assert all(one["password"] == PASSWORD for one in made)


@pytest.mark.parametrize("gender", ["F", "M"])
def test_the_name_of_a_new_person_fits_the_gender_that_is_asked_for(stand: Stand, gender: str):
    for _ in range(3):
        person = stand.browser.post("/_sim/people", json={"gender": gender}).json()

        assert person["gender"] == gender
        assert person["middle_name"].endswith("на") == (gender == "F")


def test_new_person_takes_what_is_given(stand: Stand):
    given = {"first_name": "Уля", "phone": "8-921-000-00-01", "password": "Own-4321", "inn": None}

    made = stand.browser.post("/_sim/people", json=given)
    later = stand.browser.get(f"/_sim/people/{made.json()['key']}").json()

    assert made.status_code == 201
    assert made.json()["password"] == "Own-4321"
    assert made.json()["phone"] == "+7(921)000-00-01"
    assert (later["first_name"], later["inn"], later["password"]) == ("Уля", None, None)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"nickname": "x"}, "nickname"),
        ({"phone": "123"}, "phone"),
        ({"snils": "900-000-101 00"}, "snils"),
        ({"birth_date": "yesterday"}, "birth_date"),
        ({"level": "royal"}, "level"),
        ({"last_name": ""}, "last_name"),
        ({"first_name": 5}, "first_name"),
        ([1], "object"),
        ("text", "object"),
    ],
)
def test_wrong_fields_are_refused_by_name(stand: Stand, body, said: str):
    answer = stand.browser.post("/_sim/people", json=body)

    assert answer.status_code == 400
    assert said in answer.json()["error"]


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b"[" * 50_000, b"9" * 5_000, b'{"story": "\\ud800"}']
)
def test_broken_json_is_refused_as_json(stand: Stand, body: bytes):
    headers = {"Content-Type": "application/json"}

    answer = stand.browser.post("/_sim/people", content=body, headers=headers)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_text_that_another_site_could_post_is_refused(stand: Stand):
    answer = stand.browser.post("/_sim/people", content=b"{}")
    crossing = stand.browser.post("/_sim/reset", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 415
    assert crossing.status_code == 403


def test_large_body_is_refused(stand: Stand):
    answer = stand.browser.post("/_sim/people", json={"story": "x" * 300_000})

    assert answer.status_code == 413


def test_taken_phone_is_refused(stand: Stand):
    answer = stand.browser.post("/_sim/people", json={"phone": "+79000000101"})

    assert answer.status_code == 409


def test_changed_password_works_and_is_no_longer_shown(stand: Stand):
    changed = stand.browser.call("PATCH", "/_sim/people/anna", json={"password": "Own-4321"})

    entered = stand.browser.fill("/login", login="+79000000101", password="Own-4321")

    assert changed.json()["password"] is None
    assert entered.headers["Location"] == "/login/code"


def test_locked_person_loses_the_session(stand: Stand):
    stand.browser.sign_in_as("anna")

    stand.browser.call("PATCH", "/_sim/people/anna", json={"state": "locked"})

    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params())
    assert asked.headers["Location"] == "/login"


def test_removed_person_is_gone_with_her_tokens(stand: Stand):
    token = stand.tokens()["access_token"]

    removed = stand.browser.call("DELETE", "/_sim/people/anna")

    assert removed.status_code == 204
    assert stand.browser.get("/_sim/people/anna").status_code == 404
    assert stand.rest("/rs/prns/1000000101", token).status_code == 401


@pytest.mark.parametrize("to", ["+7(900)000-01-01", "9000000101", "anna", "1000000101"])
def test_message_is_found_by_any_writing_of_its_receiver(stand: Stand, to: str):
    sent = stand.browser.post("/_sim/messages", json=SMS)

    found = stand.browser.get("/_sim/messages", params={"to": to, "channel": "sms"}).json()

    assert sent.status_code == 201
    assert found["cursor"] == sent.json()["cursor"]
    [message] = found["messages"]
    assert message["id"] == sent.json()["id"]
    assert message["to"] == "+79000000101"
    assert (message["from"], message["code"], message["subject"]) == ("Здрав29", "1234", None)


def test_letter_has_its_links(stand: Stand):
    text = "Подтвердите: https://stand.example/mail?x=1. Талон 123456."
    letter = {"channel": "email", "to": "Anna@Pomor.example", "text": text, "subject": "Адрес"}

    stand.browser.post("/_sim/messages", json=letter)
    page = stand.browser.get("/phone/anna").text

    [message] = stand.browser.get("/_sim/messages?channel=email").json()["messages"]
    assert message["links"] == ["https://stand.example/mail?x=1"]
    assert message["code"] is None
    assert message["to"] == "anna@pomor.example"
    assert 'href="https://stand.example/mail?x=1"' in page


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Код подтверждения: 004217. Никому", "004217"),
        ("123456 — ваш код", "123456"),
        ("Ваш код для входа 77881", "77881"),
        ("Талон № 12345678, 24.11.2026 09:15", None),
        ("Код. Талон 12345", None),
    ],
)
def test_code_is_read_only_where_the_text_says_code(stand: Stand, text: str, code):
    stand.browser.post("/_sim/messages", json=SMS | {"text": text})

    assert stand.last_code() == code


def test_cursor_never_gives_an_old_message(stand: Stand):
    cursor = stand.browser.post("/_sim/messages", json=SMS).json()["cursor"]

    found = stand.browser.get("/_sim/messages", params={"to": "anna", "since": cursor}).json()

    assert found == {"messages": [], "cursor": cursor}


def test_waiting_call_gets_the_first_message_after_its_cursor(stand: Stand):
    stand.browser.post("/_sim/messages", json=SMS | {"text": "Код: 1111"})
    world = stand.world

    async def wait_and_send():
        waiting = asyncio.create_task(
            world.inbox.wait(
                to=frozenset({"+79000000101"}), channel=None, since=world.inbox.cursor, seconds=5
            )
        )
        await asyncio.sleep(0)
        for to, code in (("+79000000103", "2222"), ("+79000000101", "3333")):
            world.inbox.deliver(
                channel="sms", to=to, text=f"Код: {code}", sender="x", at=world.clock.now()
            )
        return await waiting

    found = run(wait_and_send())

    assert [message.code for message in found] == ["3333"]


def test_waiting_call_ends_empty_handed_at_its_time(stand: Stand):
    answer = stand.browser.get("/_sim/messages", params={"to": "anna", "wait": "0.05"})

    assert answer.json()["messages"] == []


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "5"},
        {"wait": "61"},
        {"wait": "-1"},
        {"wait": "nan"},
        {"since": "x"},
        {"since": "9" * 400},
        {"channel": "pigeon"},
    ],
)
def test_wrong_questions_about_messages_are_refused(stand: Stand, params):
    answer = stand.browser.get("/_sim/messages", params=params)

    assert answer.status_code == 400
    assert next(iter(params)) in answer.json()["error"]


@pytest.mark.parametrize(
    "change", [{"channel": "pigeon"}, {"to": "nowhere"}, {"text": ""}, {"copy": "x"}, {"to": None}]
)
def test_gateway_refuses_wrong_messages(stand: Stand, change):
    answer = stand.browser.post("/_sim/messages", json=SMS | change)

    assert answer.status_code == 400


def test_sms_log_is_that_of_the_test_stand(stand: Stand):
    stand.browser.post("/_sim/messages", json=SMS)

    assert stand.browser.get("/logs/sms/").text == "Код: 1234 to number +7(900)0000101\n"


def test_client_registered_at_run_time_may_ask(stand: Stand, stranger):
    body = {
        "client_id": "LATER",
        "certificate": stranger.pem,
        "redirect_domains": ["cabinet.example"],
        "scopes": ["openid"],
    }

    answer = stand.browser.post("/_sim/clients", json=body)

    params = stand.params(client_id="LATER", scope="openid", timestamp=timestamp(stand.clock))
    params["client_secret"] = stranger.secret(params)
    asked = stand.browser.get("/aas/oauth2/ac", params=params)
    assert answer.status_code == 201
    assert asked.headers["Location"] == "/login"
    listed = stand.browser.get("/_sim/clients").json()["clients"]
    assert [one["client_id"] for one in listed] == [
        *("TEST01", "TEST02", "GOST01", "GOST02", "LENIENT", "LATER")
    ]


@pytest.mark.parametrize(
    "change", [{"certificate": "no"}, {"scopes": ["fly"]}, {"secret": "x"}, {"client_id": None}]
)
def test_wrong_client_is_refused(stand: Stand, signer, change):
    body = {"client_id": "X", "certificate": signer.pem, "redirect_domains": ["x.example"]}

    answer = stand.browser.post("/_sim/clients", json=body | change)

    assert answer.status_code == 400
    assert next(iter(change)) in answer.json()["error"]


def test_reset_puts_everything_back_and_keeps_the_key(stand: Stand):
    token = stand.tokens()["access_token"]
    made = stand.browser.post("/_sim/people").json()
    stand.browser.call("PATCH", "/_sim/people/anna", json={"first_name": "Яна"})
    stand.browser.post("/_sim/messages", json=SMS)
    before = stand.browser.get("/_sim/messages").json()["cursor"]

    stand.browser.post("/_sim/reset")

    messages = stand.browser.get("/_sim/messages").json()
    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params())
    assert stand.browser.get(f"/_sim/people/{made['key']}").status_code == 404
    assert stand.rest("/rs/prns/1000000101", token).json()["firstName"] == "Анна"
    assert messages["messages"] == []
    assert messages["cursor"] > before
    assert asked.headers["Location"] == "/login"


def test_beyond_loopback_the_key_is_needed():
    app = create_app(Config(host="0.0.0.0", control_key="secret"))

    async def call(path: str, **headers: str) -> int:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://sim") as client:
            return (await client.get(path, headers=headers)).status_code

    assert run(call("/_sim/people")) == 403
    assert run(call("/logs/sms/")) == 403
    assert run(call("/_sim/people", **{"X-Sim-Key": "guess"})) == 403
    assert run(call("/_sim/people", **{"X-Sim-Key": "secret"})) == 200
    assert run(call("/_sim/health")) == 200


def test_beyond_loopback_there_is_no_start_without_a_key():
    with pytest.raises(ValueError, match="ESIA_SIM_KEY"):
        Config(host="0.0.0.0")


def test_stand_in_a_thread_shows_messages_live_and_stops_at_once(config: Config):
    with run_in_thread(Config(data_dir=config.data_dir)) as esia:
        cursor = esia.cursor()
        with httpx.stream("GET", f"{esia.url}/phone/anna/events?since={cursor}") as events:
            lines = events.iter_lines()
            next(lines)
            esia.send_message(**{name: value for name, value in SMS.items() if name != "from"})
            seen = [next(lines) for _ in range(4)]

            code = esia.wait_for_code("anna", since=cursor)
            stopped_at = time.monotonic()

    assert "event: message" in seen
    assert code == "1234"
    assert time.monotonic() - stopped_at < 1.5


def test_phone_shows_the_newest_message_first(stand: Stand):
    for number in (1111, 2222):
        stand.browser.post("/_sim/messages", json=SMS | {"text": f"Код: {number} <b>"})

    page = stand.browser.get("/phone/1000000101").text

    assert re.findall(r'data-copy="(\d+)"', page) == ["2222", "1111"]
    assert "&lt;b&gt;" in page
    assert stand.browser.get("/phone/nobody").status_code == 404


def test_unknown_address_of_each_room_is_refused_in_its_own_way(stand: Stand):
    page = stand.browser.get("/nowhere")
    control = stand.browser.get("/_sim/nowhere")
    method = stand.browser.get("/aas/oauth2/te")

    assert (page.status_code, "SIM-404" in page.text) == (404, True)
    assert (control.status_code, control.headers["Content-Type"]) == (404, "application/json")
    assert method.status_code == 405


def test_breakdown_says_nothing_of_itself(stand: Stand, monkeypatch, caplog):
    def break_down(_login: str):
        msg = "secret detail"
        raise RuntimeError(msg)

    monkeypatch.setattr(stand.world, "person_by_login", break_down)
    answer = stand.browser.fill("/login", login="anna", password="x")

    assert answer.status_code == 500
    assert "SIM-500" in answer.text
    assert "secret detail" not in answer.text + caplog.text
