"""The simulator's wire: start, memory, whole rounds and tokens per second beside bare signing.

The server is a process of its own. Requests of v1 are signed once and sent again: their message
binds no code, and the stand takes a timestamp for minutes.

The limit holds the two signatures of an answer, of access token and id_token, and nothing else:
checking the client's PKCS#7 is work of the endpoint, though no endpoint of ESIA could leave it out.
It is measured as CPU time and the exchanges by the clock, so on a machine that does other work too
only the share of CPU time tells something.
"""

import http.client
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import psutil

from bench.browser import FORM
from bench.connection import Connection
from bench.server import running
from esia_sim.clients import TokenAlg
from esia_sim.remote import Esia
from esia_sim.token_keys import make_key
from stand import keys
from stand.processes import Process
from zdrav29_app.gateways.esia_client import EsiaClient
from zdrav29_app.gateways.esia_signature import signed

SECONDS = 3.0
ALONE, CROWD = 1, 8
COUNTED = 400
START_LIMIT, MEMORY_LIMIT = 0.6, 80.0
SCOPE, STATE = "openid fullname birthdate", "6f2b7a0e-8c1d-4b56-9a3e-2f1d0c9b8a77"
BACK = "http://localhost:2900/back"
TOKENS_OF_AN_EXCHANGE = 2  # the access token and the id_token
_NAMES = {TokenAlg.RS256: "RS256", TokenAlg.GOST: "GOST"}


@dataclass
class Caller:
    """One client system with a connection of its own, and the person at its browser."""

    port: int
    cookie: str
    proof: dict[str, str]

    def __post_init__(self) -> None:
        self.connection = Connection(self.port)
        self.refresh = ""
        self._proof = urlencode(self.proof)  # once: what a client does is not measured

    def round(self) -> None:
        """Authorize, exchange, read the person; a refresh token is not kept.

        After fifty rounds of one person the stand has forgotten it anyway.
        """
        self.refresh = ""
        code = self.authorize()
        tokens = self.exchange(grant_type="authorization_code", code=code)
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        status, _, _ = self.connection.call("GET", "/rs/prns/1000000101", bearer)
        assert status == http.client.OK  # noqa: S101  a bench of nothing is none

    def authorize(self) -> str:
        """A code for the person who is signed in."""
        asked = {**self.proof, "response_type": "code", "access_type": "offline"}
        path = f"/aas/oauth2/ac?{urlencode(asked)}"
        _, headers, _ = self.connection.call("GET", path, {"Cookie": self.cookie})
        return parse_qs(urlsplit(headers["location"]).query)["code"][0]

    def renew(self) -> None:
        """Exchange the refresh token for the next pair."""
        if not self.refresh:
            tokens = self.exchange(grant_type="authorization_code", code=self.authorize())
        else:
            tokens = self.exchange(grant_type="refresh_token", refresh_token=self.refresh)
        self.refresh = tokens["refresh_token"]

    def exchange(self, **changes: str) -> dict[str, str]:
        """The answer of the token endpoint."""
        body = f"{self._proof}&{urlencode(changes)}"
        status, _, answer = self.connection.call("POST", "/aas/oauth2/te", FORM, body)
        assert status == http.client.OK, answer  # noqa: S101  a bench of nothing is none
        return json.loads(answer)


def measure(folder: Path) -> dict[str, float]:
    """Seconds, megabytes and rates, each beside its limit."""
    figures: dict[str, float] = {}
    with running(folder) as (server, port, seconds):
        figures["cold start, s"] = seconds
        figures["cold start / limit of 0.6 s"] = seconds / START_LIMIT
        spent = psutil.Process(server.pid).cpu_times()
        figures["CPU time of a cold start, s"] = spent.user + spent.system
        for alg in TokenAlg:
            figures |= _rates(server, _callers(folder, port, alg), alg)
        used = psutil.Process(server.pid).memory_info().rss / 1024**2
        figures["memory, MB"] = used
        figures["memory / limit of 80 MB"] = used / MEMORY_LIMIT
    return figures


def _rates(server: Process, callers: list[Caller], alg: TokenAlg) -> dict[str, float]:
    name, bare = _NAMES[alg], TOKENS_OF_AN_EXCHANGE * seconds_of_signing(alg)
    figures = {f"{name} exchanges/s that signing alone allows": 1 / bare}
    for count in (ALONE, CROWD):
        rounds = per_second([caller.round for caller in callers[:count]])
        exchanges = per_second([caller.renew for caller in callers[:count]])
        figures[f"{name} rounds/s, clients: {count}"] = rounds
        figures[f"{name} exchanges/s, clients: {count}"] = exchanges
        figures[f"{name} exchanges / signing alone, clients: {count}"] = exchanges * bare
        # what others do on the machine meanwhile does not touch this one
        spent = _cpu_of_exchange(server, callers[:count])
        figures[f"{name} share of signing in the CPU time of an exchange, clients: {count}"] = (
            bare / spent
        )
    return figures


def seconds_of_signing(alg: TokenAlg) -> float:
    """CPU seconds of one signature over a token of usual length."""
    key, token = make_key(alg, now=datetime.now(UTC)), b"x" * 500
    key.sign(token)
    begin, done = time.process_time(), 0
    while time.process_time() - begin < SECONDS / 3:
        key.sign(token)
        done += 1
    return (time.process_time() - begin) / done


def _cpu_of_exchange(server: Process, callers: list[Caller]) -> float:
    watched, each = psutil.Process(server.pid), COUNTED // len(callers)
    before = watched.cpu_times()
    with ThreadPoolExecutor(len(callers)) as pool:
        list(pool.map(lambda caller: [caller.renew() for _ in range(each)], callers))
    after = watched.cpu_times()
    spent = after.user + after.system - before.user - before.system
    return spent / (each * len(callers))


def _callers(folder: Path, port: int, alg: TokenAlg) -> list[Caller]:
    keys.prepare(folder)
    client = EsiaClient(
        url="",
        issuer="",
        client_id=_NAMES[alg],
        redirect_uri=BACK,
        key=folder / "keys" / "esia_client.key",
        certificate=folder / "keys" / "esia_client.crt",
        esia_certificate=folder,
    )
    with Esia(f"http://127.0.0.1:{port}") as esia:
        esia.add_client(
            client_id=client.client_id,
            certificate=client.certificate.read_text(),
            redirect_domains=["localhost"],
            token_alg=alg,
        )
        session = esia.sign_in("anna")
    cookie = f"{session['name']}={session['value']}"
    proof = signed(client, scope=SCOPE, state=STATE, code="", moment=datetime.now(UTC))
    asked = {"client_id": client.client_id, "scope": SCOPE, "state": STATE, "redirect_uri": BACK}
    return [Caller(port, cookie, {**asked, **proof}) for _ in range(CROWD)]


def per_second(acts: list[Callable[[], object]], seconds: float = SECONDS) -> float:
    """How often all of these happen together in a second, each repeated by a thread of its own."""
    begin = time.perf_counter()

    def repeat(act: Callable[[], object]) -> int:
        done = 0
        while time.perf_counter() - begin < seconds:
            act()
            done += 1
        return done

    with ThreadPoolExecutor(len(acts)) as pool:
        done = sum(pool.map(repeat, acts))
    return done / (time.perf_counter() - begin)
