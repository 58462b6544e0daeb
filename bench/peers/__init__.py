"""`python -m bench peers`: rounds of signing in beside other simulators, by one script, in one run.

All servers run at once and take turns, so that what else the machine does hits them alike. CPU time
is that of a server's process: it tells what a round costs even where the clock does not.
"""

import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.peers import ours, servers
from bench.peers.rounds import Caller, Step, fill_in
from bench.server import first_answer, free_port, running
from bench.wire import per_second, seconds_of_signing
from esia_sim.clients import TokenAlg
from esia_sim.remote import Esia

ALONE, CROWD = 1, 8
TURNS, SECONDS, STARTS = 3, 2.0, 3
DISCOVERY = "/.well-known/openid-configuration"
PYTHON_LIMIT = 1.5
ASSUMPTIONS = "sms_resend_seconds: 0\n"  # a code may follow the other at once
OURS = "esia_sim, "


@dataclass
class Contender:
    """Somebody whose rounds are counted; rates and CPU seconds of a round by clients.

    `memory` is the resident set after its last turn, in MB.
    """

    name: str
    pid: int
    signatures: int
    callers: list[Caller]
    memory: float = 0
    rates: dict[int, list[float]] = field(default_factory=lambda: {ALONE: [], CROWD: []})
    spent: dict[int, list[float]] = field(default_factory=lambda: {ALONE: [], CROWD: []})

    def turn(self, clients: int) -> None:
        """Sign in for a while with so many clients at once."""
        watched = psutil.Process(self.pid)
        before = watched.cpu_times()
        rate = per_second([one.round for one in self.callers[:clients]], SECONDS)
        after = watched.cpu_times()
        spent = after.user + after.system - before.user - before.system
        self.memory = watched.memory_info().rss / 1024**2
        self.rates[clients].append(rate)
        self.spent[clients].append(spent / (rate * SECONDS))

    def rate(self, clients: int) -> float:
        """Rounds in a second, the median of its turns."""
        return statistics.median(self.rates[clients])

    def cost(self, clients: int) -> float:
        """CPU seconds of the server for a round, the median of its turns."""
        return statistics.median(self.spent[clients])


def measure(folder: Path) -> dict[str, float]:
    """Starts, rounds per second and their cost, and ratios to each peer."""
    folder.mkdir()
    peers = servers.installed()
    figures = _cold_starts(peers, folder)
    bare = seconds_of_signing(TokenAlg.RS256)
    figures["RSA-2048 signature alone, ms"] = 1000 * bare
    with ExitStack() as stack:
        contenders = [*_ours(stack, folder), *(_peer(stack, folder, peer) for peer in peers)]
        for one in contenders:
            for caller in one.callers:
                caller.round()  # agree, and let the server get warm
        for clients in (ALONE, CROWD) * TURNS:
            for one in contenders:
                one.turn(clients)
    for one in contenders:
        figures |= _figures(one, bare)
    return figures | _ratios(contenders)


def _figures(one: Contender, bare: float) -> dict[str, float]:
    figures = {f"{one.name}: rounds/s, clients: {many}": one.rate(many) for many in one.rates}
    figures[f"{one.name}: CPU of a round, ms"] = 1000 * one.cost(CROWD)
    figures[f"{one.name}: memory, MB"] = one.memory
    figures[f"{one.name}: signatures in a round"] = one.signatures
    figures[f"{one.name}: signing / CPU of a round"] = one.signatures * bare / one.cost(CROWD)
    return figures


def _ratios(contenders: list[Contender]) -> dict[str, float]:
    """Ours beside each peer: without pages where it has none, else by SMS and by password."""
    by_name = {one.name: one for one in contenders}
    figures: dict[str, float] = {}
    for peer in contenders:
        if peer.name.startswith(OURS):
            continue
        has_pages = peer.name != "oauth2-mock-server"
        for way in (ours.SMS, ours.PASSWORD) if has_pages else (ours.SIGNED_IN,):
            figures |= _beside(by_name[OURS + way], peer)
    return figures


def _beside(mine: Contender, peer: Contender) -> dict[str, float]:
    title, figures = f"{mine.name} / {peer.name}", dict[str, float]()
    for many in peer.rates:
        ratio = mine.rate(many) / peer.rate(many)
        figures[f"{title}: rounds, clients: {many}"] = ratio
        if peer.name == "oidc-provider-mock":
            figures[f"{title} / limit of 1.5, clients: {many}"] = ratio / PYTHON_LIMIT
    figures[f"{title}: CPU of a round"] = mine.cost(CROWD) / peer.cost(CROWD)
    return figures


def _ours(stack: ExitStack, folder: Path) -> list[Contender]:
    (folder / "assumptions.yaml").write_text(ASSUMPTIONS, "utf-8")
    settings = ("--assumptions", str(folder / "assumptions.yaml"))
    server, port, _ = stack.enter_context(running(folder, *settings))
    with Esia(f"http://127.0.0.1:{port}") as esia:
        cookies = ours.prepare(esia)
        made: list[Contender] = []
        for way, contains in ours.WAYS.items():
            print(f"{OURS}{way}: {contains}")
            held = cookies if way == ours.SIGNED_IN else {}
            steps = [ours.step_of(way, esia, port) for _ in range(CROWD)]
            callers = [Caller(port, step, held) for step in steps]
            made.append(Contender(OURS + way, server.pid, ours.SIGNATURES, callers))
    return made


def _peer(stack: ExitStack, folder: Path, peer: servers.Peer) -> Contender:
    print(f"{peer.name}: {peer.contains}")
    port = free_port()
    server = peer.start(port, folder)
    stack.callback(server.stop)
    first_answer(port, DISCOVERY)
    step: Step = fill_in
    return Contender(
        peer.name, server.pid, peer.signatures, [Caller(port, step, {}) for _ in range(CROWD)]
    )


def _cold_starts(peers: list[servers.Peer], folder: Path) -> dict[str, float]:
    """Seconds to the first answer, the median of some starts in turns."""
    taken: dict[str, list[float]] = {}
    for _ in range(STARTS):
        with running(folder / "start") as (_, _, seconds):
            taken.setdefault("esia_sim", []).append(seconds)
        for peer in peers:
            taken.setdefault(peer.name, []).append(_start(peer, folder))
    return {f"{name}: cold start, s": statistics.median(all_) for name, all_ in taken.items()}


def _start(peer: servers.Peer, folder: Path) -> float:
    port = free_port()
    begin = time.perf_counter()
    server = peer.start(port, folder)
    try:
        return first_answer(port, DISCOVERY) - begin
    finally:
        server.stop()
