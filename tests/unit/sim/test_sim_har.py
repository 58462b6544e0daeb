"""The tape as an HTTP Archive: real headers and bodies of a whole sign-in, and nothing secret."""

import json
import re
from typing import Any
from urllib.parse import unquote_plus

import haralyzer
import httpx
import pytest
from har_1_2 import read_har
from sim_client import PASSWORD, STATE, Browser, Stand, query

from esia_sim import Config, run_in_thread

ANNA = "+7(900)000-01-01"
AC, TE, USER = "/aas/oauth2/ac", "/aas/oauth2/te", "/rs/prns/1000000101"
SCREEN = {"User-Agent": "Browser/1.0 (of a test)", "Accept-Language": "ru"}
TOKENS = ("access_token", "refresh_token", "id_token")


class Remembering(Browser):
    """A browser that keeps each answer."""

    def __init__(self, stand: Stand) -> None:
        super().__init__(stand)
        self.answers: list[httpx.Response] = []

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        options["headers"] = SCREEN | options.get("headers", {})
        self.answers.append(super().call(method, path, **options))
        return self.answers[-1]

    def secrets(self) -> set[str]:
        """The cookies and the tokens of forms that it ever had."""
        found: set[str] = set()
        for answer in self.answers:
            lines = answer.headers.get_list("set-cookie")
            found |= {line.partition(";")[0].partition("=")[2].strip('"') for line in lines}
            found |= set(re.findall(r'name="token" value="([^"]+)"', answer.text))
        return found - {""}


def sign_in(stand: Stand) -> set[str]:
    """The whole way of a person, of her client and to her data; returns every secret of it."""
    browser = stand.browser = Remembering(stand)
    browser.get(
        AC, params=stand.params(), headers={"Referer": "https://cabinet.example/?code=c0d3"}
    )
    browser.fill("/login", login=ANNA, password=PASSWORD)
    sms = browser.get("/_sim/messages").json()["messages"][-1]["code"]
    browser.fill("/login/code", code=sms)
    code = query(browser.fill("/login/consent", decision="allow"))["code"]
    asked = stand.token_params(code=code)
    issued = browser.post(TE, data=asked).json()
    again = {"grant_type": "refresh_token", "refresh_token": issued["refresh_token"]}
    renewed = browser.post(TE, data=stand.token_params(**again)).json()
    stand.rest(USER, renewed["access_token"])
    tokens = {one[name] for one in (issued, renewed) for name in TOKENS if name in one}
    return {PASSWORD, sms, code, "c0d3", asked["client_secret"]} | tokens | browser.secrets()


def har_of(stand: Stand) -> dict[str, Any]:
    return stand.browser.get("/_sim/requests", params={"format": "har"}).json()


def last(stand: Stand, path: str) -> dict[str, Any]:
    """The newest request to a path, with its answer."""
    known = har_of(stand)["log"]["entries"]
    return [one for one in known if httpx.URL(one["request"]["url"]).path == path][-1]


def pairs(listed: list[dict[str, str]]) -> dict[str, str]:
    return {one["name"].lower(): one["value"] for one in listed}


def test_a_strict_reader_of_har_1_2_takes_the_whole_sign_in(stand: Stand):
    sign_in(stand)
    har = har_of(stand)

    read = read_har(json.dumps(har))

    assert len(read.log.entries) == 10
    assert len(haralyzer.HarParser(har).har_data["entries"]) == 10
    assert haralyzer.HarEntry(har["log"]["entries"][0]).status == 302


def test_no_secret_of_a_whole_sign_in_stands_in_it(stand: Stand):
    secrets = sign_in(stand)

    text = stand.browser.get("/_sim/requests", params={"format": "har"}).text

    assert len(secrets) > 10
    for form in (text, unquote_plus(text), json.loads(json.dumps(text))):
        assert [one for one in secrets if one in form] == []
    assert STATE in text


def test_headers_are_those_that_were_sent(stand: Stand):
    sign_in(stand)

    entry = last(stand, "/login/consent")

    asked, answered = pairs(entry["request"]["headers"]), pairs(entry["response"]["headers"])
    assert asked["user-agent"] == SCREEN["User-Agent"]
    assert asked["accept-language"] == "ru"
    assert answered["location"].startswith("https://cabinet.example/back?a=1&code=<masked>&state=")
    assert answered["location"] == entry["response"]["redirectURL"]
    assert entry["response"]["statusText"] == "Found"


def test_secret_headers_say_what_they_are_and_no_more(stand: Stand):
    sign_in(stand)

    begun, data = last(stand, AC), last(stand, USER)

    assert pairs(data["request"]["headers"])["authorization"] == "Bearer <masked>"
    assert pairs(begun["request"]["headers"])["referer"].endswith("/?code=<masked>")
    [cookie] = begun["response"]["cookies"]
    assert (cookie["value"], cookie["httpOnly"]) == ("<masked>", True)
    line = pairs(begun["response"]["headers"])["set-cookie"]
    assert line.startswith(f"{cookie['name']}=<masked>; HttpOnly; ")
    sent = last(stand, "/login")["request"]
    assert {"name": cookie["name"], "value": "<masked>"} in sent["cookies"]
    assert f"{cookie['name']}=<masked>" in pairs(sent["headers"])["cookie"]


def test_query_and_form_stand_apart_in_the_order_in_which_they_came(stand: Stand):
    sign_in(stand)

    begun, exchanged = last(stand, AC)["request"], last(stand, TE)["request"]

    named = [one["name"] for one in begun["queryString"]]
    assert named == [name for name, _ in httpx.URL(begun["url"]).params.multi_items()]
    assert pairs(begun["queryString"])["client_secret"] == "<masked>"
    assert "postData" not in begun
    assert exchanged["queryString"] == []
    assert exchanged["postData"]["mimeType"] == "application/x-www-form-urlencoded"
    form = pairs(exchanged["postData"]["params"])
    assert (form["client_id"], form["refresh_token"]) == ("TEST01", "<masked>")
    assert exchanged["bodySize"] > 1000


def test_a_body_in_json_is_there_without_its_tokens(stand: Stand):
    sign_in(stand)

    answers = [last(stand, path)["response"]["content"] for path in (TE, USER)]

    tokens, person = (json.loads(one["text"]) for one in answers)
    assert (tokens["access_token"], tokens["token_type"]) == ("<masked>", "Bearer")
    assert person["firstName"] == "Анна"
    assert answers[0]["size"] > len(answers[0]["text"])
    assert "text" not in last(stand, "/login")["response"]["content"]


def test_the_code_of_an_error_is_no_secret(stand: Stand):
    stand.rest(USER, "eyJ2ZXIiOjEsInR5cCI6.c2VjcmV0.c2VjcmV0")

    entry = last(stand, USER)

    assert json.loads(entry["response"]["content"]["text"])["code"].startswith("ESIA-")
    assert "c2VjcmV0" not in json.dumps(entry)


@pytest.mark.parametrize(
    "name", ["X-Sim-Key", "Proxy-Authorization", "X-Auth-Token", "X-Session-Id"]
)
def test_headers_whose_names_sound_secret_are_masked(stand: Stand, name: str):
    stand.browser.get("/services", headers={name: "guarded"})

    [entry] = har_of(stand)["log"]["entries"]

    assert pairs(entry["request"]["headers"])[name.lower()] == "<masked>"


def test_a_secret_of_a_client_in_its_header_is_masked(stand: Stand):
    client = {"client_id": "WEB", "kind": "oidc", "secret": "s3cret"}
    stand.browser.post("/_sim/clients", json=client | {"redirect_domains": ["cabinet.example"]})
    stand.browser.post("/oidc/token", data={"grant_type": "x"}, auth=("WEB", "s3cret"))

    [entry] = har_of(stand)["log"]["entries"]

    assert pairs(entry["request"]["headers"])["authorization"] == "Basic <masked>"


def test_a_connection_that_was_dropped_has_no_status():
    with run_in_thread(Config()) as esia:
        esia.expect({"endpoint": "logout"}, {"drop": True})
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(f"{esia.url}/idp/ext/Logout", trust_env=False)

        [entry] = read_har(esia.tape_as("har")).log.entries

    assert (entry.response.status, entry.response.status_text) == (0, "dropped")
    assert "host" in {header.name for header in entry.request.headers}
