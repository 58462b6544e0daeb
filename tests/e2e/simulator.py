"""The simulator as a test needs it: fresh people, their codes and messages, ready-made sessions."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext

from esia_sim.playwright import put_session
from esia_sim.pytest_plugin import watched
from esia_sim.remote import Esia
from tests.waiting import wait_until


@dataclass(frozen=True)
class SimPerson:
    """A person of the simulator; nobody else's test knows her."""

    key: str
    login: str
    password: str
    last_name: str
    phone: str
    email: str


class Simulator:
    """One running simulator; `people` are the keys of those whom this test knows."""

    def __init__(self, esia: Esia, cabinet_url: str) -> None:
        self.esia = esia
        self.people: list[str] = []
        self._cabinet_url = cabinet_url
        self._cursor = esia.cursor()

    def new_person(self, *, has_entered: bool = True, **fields: object) -> SimPerson:
        """An adult with a confirmed account, unless `fields` say otherwise.

        Her first entry into the cabinet is behind her, unless the test is about it. `record` is
        the name of one that clinics have sent her.
        """
        record = {"documents": fields.pop("record")} if "record" in fields else {}
        known: dict[str, Any] = self.esia.new_person(**{"birth_date": "1988-04-12", **fields})
        if has_entered:
            person = f"{self._cabinet_url}/_demo/people/{known['oid']}"
            known_too = {"entered": True, **record}
            httpx.put(person, json=known_too, timeout=60).raise_for_status()
        self._cursor = self.esia.cursor()
        return self._known(known)

    def of_the_cast(self, key: str) -> SimPerson:
        """Somebody whom other tests know too: only for what one person alone may do."""
        return self._known(self.esia.person(key))

    def _known(self, facts: dict[str, Any]) -> SimPerson:
        self.people.append(facts["key"])
        return SimPerson(**{name: facts[name] for name in SimPerson.__annotations__})

    def send_record(self, person: SimPerson, record: str) -> None:
        """Let clinics send somebody the medical record of this name."""
        known: dict[str, Any] = self.esia.person(person.key)
        address = f"{self._cabinet_url}/_demo/people/{known['oid']}"
        httpx.put(address, json={"documents": record}, timeout=60).raise_for_status()

    def cursor(self) -> int:
        """The place in the inbox from which new messages count."""
        return self.esia.cursor()

    def code_for(self, person: SimPerson) -> str:
        """The newest code on her phone, never one that was used before."""
        code = self.esia.wait_for_code(person.key, since=self._cursor)
        self._cursor = self.esia.cursor()
        return code

    def next_message(self, person: SimPerson, channel: str, *, since: int) -> dict[str, Any]:
        """The first message after a cursor."""
        found: Any = self.esia.messages(to=person.key, channel=channel, since=since, wait=10)
        assert found["messages"], f"no {channel} came"
        return found["messages"][0]

    def put_session(self, context: BrowserContext, person: SimPerson) -> None:
        """Sign her in at ESIA without the pages, consent given."""
        put_session(context, self.esia, person.key)

    def open_cabinet(self, context: BrowserContext, person: SimPerson) -> None:
        """Sign her in at the cabinet without the way through ESIA, which has tests of its own."""
        asked = {"person": person.key, "entered": False}
        answer = context.request.post(f"{self._cabinet_url}/_demo/sessions", data=asked)
        assert answer.ok, answer.text()

    def letter_about(self, person: SimPerson, subject: str) -> dict[str, Any]:
        """The letter of this subject, whatever else is on its way to her."""
        found: list[dict[str, Any]] = []

        def has_come() -> bool:
            every: Any = self.esia.messages(to=person.key, channel="email")
            found[:] = [one for one in every["messages"] if one["subject"] == subject]
            return bool(found)

        wait_until(has_come)
        return found[-1]


@contextmanager
def simulator_of(
    request: pytest.FixtureRequest, simulator_url: str, cabinet_url: str
) -> Generator[Simulator]:
    """The simulator of a stand, for one test.

    A failed test shows the tapes of its people. What it expected in vain fails it, and is
    forgotten before the next one.
    """
    with Esia(simulator_url) as esia:
        lent = Simulator(esia, cabinet_url)
        try:
            with watched(request, esia, people=lent.people):
                yield lent
        finally:
            esia.forget_expectations()


def cookie_header(context: BrowserContext) -> str:
    """The cookies of the cabinet as a browser would send them."""
    every: list[Any] = list(context.cookies())
    ours = [each for each in every if each["name"].startswith("zdrav29_")]
    return "; ".join(f"{each['name']}={each['value']}" for each in ours)
