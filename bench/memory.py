"""What sign-ins leave in the memory of the simulator: the resident set of a real server.

Each is a whole one: a new browser, the pages of the sign-in by SMS, a code, tokens and the person
by ESIA's face; tokens, userinfo and a revocation by that of OIDC. Everything is taped.
"""

import json
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import cast
from urllib.parse import parse_qs, urlencode, urlsplit

import psutil

from bench.browser import FORM, Browser, token_in
from bench.connection import Connection
from bench.server import running
from esia_sim.remote import Esia
from stand import keys
from zdrav29_app.gateways.esia_client import EsiaClient
from zdrav29_app.gateways.esia_signature import signed

MARKS = FEW, MANY, MORE = 1_000, 10_000, 20_000
FLAT = 1.02
PEOPLE = 20
BACK, SCOPE, STATE = "http://localhost/back", "openid fullname", "6f2b7a0e-8c1d-4b56-9a3e-2f1d0c9b"
WEB = {"client_id": "WEB", "client_secret": "s3cret", "redirect_uri": BACK}
# the requests are signed once for the whole bench, and a code may follow the other at once; tokens
# end while it runs, so that what stays is what nobody needs any more
ASSUMPTIONS = (
    "request_skew_seconds: 86400\nsms_resend_seconds: 0\n"
    "access_token_seconds: 5\nid_token_seconds: 5\nrefresh_token_seconds: 5\n"
)


def measure(folder: Path) -> dict[str, float]:
    """Megabytes of the server after so many sign-ins, and whether it is flat after the many."""
    folder.mkdir()
    (folder / "assumptions.yaml").write_text(ASSUMPTIONS, "utf-8")
    with running(folder, "--assumptions", str(folder / "assumptions.yaml")) as (server, port, _):
        watched, used = psutil.Process(server.pid), dict[int, float]()
        with Esia(f"http://127.0.0.1:{port}") as esia:
            proof = _registered(esia, folder)
            people = [esia.new_person() for _ in range(PEOPLE)]
        stand = Connection(port)
        for number, person in enumerate(islice(cycle(people), MORE), 1):
            _sign_in(stand, port, person, proof)
            if number in MARKS:
                used[number] = watched.memory_info().rss / 1024**2
    return {
        **{f"memory after {mark:,} sign-ins, MB": used[mark] for mark in MARKS},
        f"memory after {MORE:,} / after {MANY:,}": used[MORE] / used[MANY],
        f"the same / limit of {FLAT}": used[MORE] / used[MANY] / FLAT,
    }


def _registered(esia: Esia, folder: Path) -> dict[str, str]:
    """Register a client of each kind; returns the signed parameters of that of ESIA's."""
    keys.prepare(folder)
    client = EsiaClient(
        url="",
        issuer="",
        client_id="BENCH",
        redirect_uri=BACK,
        key=folder / "keys" / "esia_client.key",
        certificate=folder / "keys" / "esia_client.crt",
        esia_certificate=folder,
    )
    certificate = client.certificate.read_text("utf-8")
    esia.add_client(
        client_id=client.client_id, certificate=certificate, redirect_domains=["localhost"]
    )
    esia.add_client(client_id="WEB", kind="oidc", secret=WEB["client_secret"], redirect_uris=[BACK])
    asked = {"client_id": client.client_id, "scope": SCOPE, "state": STATE, "redirect_uri": BACK}
    return asked | signed(client, scope=SCOPE, state=STATE, code="", moment=datetime.now(UTC))


def _sign_in(
    stand: Connection, port: int, person: dict[str, object], proof: dict[str, str]
) -> None:
    browser = Browser(port)
    asked = {**proof, "response_type": "code", "access_type": "offline", "esia_sim_way": "sms"}
    _, page = browser.get(f"/aas/oauth2/ac?{urlencode(asked)}")
    cursor = _json(stand, "/_sim/messages?since=9007199254740992")["cursor"]
    _, page = browser.post("/login/sms", token=token_in(page), login=str(person["phone"]))
    found = _json(stand, f"/_sim/messages?to={person['key']}&since={cursor}")["messages"]
    code = cast("list[dict[str, str]]", found)[0]["code"]
    to, page = browser.post("/login/sms/code", token=token_in(page), code=code)
    tokens = _exchange(stand, "/aas/oauth2/te", _agreed(browser, to, page), proof)
    _json(stand, f"/rs/prns/{person['oid']}", tokens["access_token"])

    asked = {"client_id": "WEB", "redirect_uri": BACK, "response_type": "code", "scope": SCOPE}
    to, page = browser.get(f"/oidc/authorize?{urlencode(asked)}")
    tokens = _exchange(stand, "/oidc/token", _agreed(browser, to, page), WEB)
    _json(stand, "/oidc/userinfo", tokens["access_token"])
    gone = urlencode({**WEB, "token": tokens["access_token"]})
    stand.call("POST", "/oidc/revoke", FORM, gone)
    browser.close()


def _agreed(browser: Browser, to: str, page: str) -> str:
    """The code that the browser brings back, agreeing first where that is asked."""
    if to.startswith("/login/consent"):
        to, _ = browser.post("/login/consent", token=token_in(page), decision="allow")
    return parse_qs(urlsplit(to).query)["code"][0]


def _exchange(stand: Connection, path: str, code: str, proof: dict[str, str]) -> dict[str, str]:
    body = urlencode({**proof, "grant_type": "authorization_code", "code": code})
    return json.loads(stand.call("POST", path, FORM, body)[2])


def _json(stand: Connection, path: str, token: str = "") -> dict[str, object]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return json.loads(stand.call("GET", path, headers)[2])
