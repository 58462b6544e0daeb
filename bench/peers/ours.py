"""Our own rounds by the face of OIDC, in three ways."""

import json

from bench.browser import Browser
from bench.connection import Connection
from bench.peers.rounds import LOGIN, Step, fill_in
from bench.peers.servers import BACK, CLIENT
from esia_sim.remote import Esia

SIGNATURES = 3  # the code is a token too
SIGNED_IN, SMS, PASSWORD = "signed in before", "by SMS code", "by password and SMS code"
WAYS = {
    SIGNED_IN: "authorize (no page), token, userinfo",
    SMS: "authorize, login page, page and form of the phone, page and form of the code, reading"
    " the SMS, consent in the first round, token, userinfo",
    PASSWORD: "authorize, page and form of the password (a hash of argon2), page and form of"
    " the code, reading the SMS, consent in the first round, token, userinfo",
}


def prepare(esia: Esia) -> dict[str, str]:
    """Register the client; returns the cookie of a person who is signed in and has agreed."""
    name, secret = CLIENT["client_id"], CLIENT["client_secret"]
    esia.add_client(client_id=name, kind="oidc", secret=secret, redirect_uris=[BACK])
    session = esia.sign_in("anna")
    return {session["name"]: session["value"]}


def step_of(way: str, esia: Esia, port: int) -> Step:
    """What a new person does on each page to sign in that way."""
    person, connection, cursor = esia.new_person(), Connection(port), 0

    def read_code() -> str:
        nonlocal cursor
        path = f"/_sim/messages?to={person['key']}&channel=sms&since={cursor}"
        answer = json.loads(connection.call("GET", path, {})[2])
        cursor = answer["cursor"]
        return str(answer["messages"][-1]["code"])

    def step(browser: Browser, at: str, page: str) -> tuple[str, str]:
        match at:
            case "/login" if way == SMS:
                return browser.get("/login/sms")
            case "/login" | "/login/sms":
                login = str(person["phone"])
                return fill_in(browser, at, page, login=login, password=LOGIN["password"])
            case "/login/consent":
                return fill_in(browser, at, page, decision="allow")
            case _:
                return fill_in(browser, at, page, code=read_code())

    return step
