"""A world: the people, clients, sessions, grants and messages of one stand, in memory."""

from collections import deque
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from esia_sim import delivery, logins, texts
from esia_sim.authority import Authority
from esia_sim.chance import Chance
from esia_sim.clock import MOSCOW, Clock
from esia_sim.config import Config
from esia_sim.conversations import Conversations
from esia_sim.errors import ControlError
from esia_sim.expectations import Expectations
from esia_sim.fidelity import Ledger
from esia_sim.gates import Gates
from esia_sim.grant import Grant
from esia_sim.inbox import Inbox, Message
from esia_sim.invent import invent_person
from esia_sim.people import Level, Person, State
from esia_sim.people_fields import load_cast
from esia_sim.records import (
    Attempt,
    Checking,
    Consent,
    ContactChange,
    Cooldown,
    EmailLink,
    Exchanged,
    Failures,
    Push,
    QrCode,
    Recovery,
    Registration,
    Revoked,
    Session,
    SignIn,
    Way,
)
from esia_sim.shelf import Owned, Shelf
from esia_sim.signing import TokenKeys
from esia_sim.tape import Tape

if TYPE_CHECKING:
    from esia_sim.clients import Client

_SIGN_INS: Final = 50
_BROWSERS: Final = 50  # nobody has so many
_EXCHANGED: Final = 1_000
_REVOKED: Final = 100_000
_DEVICES: Final = 20
_ISSUED: Final = 1000


class World:
    """Everything a stand knows; `reset` puts it back as at the start, with the same keys."""

    def __init__(self, config: Config, clock: Clock | None = None) -> None:
        """Read the cast and the keys, and start."""
        self.as_given = config  # for a world beside this one, with a ledger of its own
        self.ledger = Ledger(config.confirmed)
        watched = self.ledger.watched
        self.config = replace(
            config, limits=watched(config.limits), assumed=watched(config.assumed)
        )
        self.clock = clock or Clock()
        self.keys = TokenKeys(config.data_dir, self.clock, seed=config.seed)
        self.inbox = Inbox(partial(delivery.hold_back, self))
        self.gates = Gates()
        self._invented = config.first_invented
        self._authority: Authority | None = None
        self.reset()

    def reset(self) -> None:
        """Put everything back as at the start; invented people never come back under old keys."""
        self.clock.reset()
        self.ledger.forget()
        self.chance = Chance(self.config.seed)
        # apart, because how often a browser asks for a picture must not change the codes
        self.request_ids = Chance(self.config.seed, of="requests")
        if self.config.seed is not None:
            self._invented = self.config.first_invented
        self.cast = load_cast(self.config.people, today=self.clock.now().astimezone(MOSCOW).date())
        self.started_at = self.clock.now()
        self.people: dict[str, Person] = {person.key: person for person in self.cast.people}
        self.clients: dict[str, Client] = {one.client_id: one for one in self.config.clients}
        self.sessions: Shelf[Session] = Owned(
            self.clock, lambda one: one.person_key, each=_BROWSERS
        )
        self.attempts: Shelf[Attempt] = Shelf(self.clock)
        self.codes: Shelf[Grant] = Shelf(self.clock)
        self.refreshes: Shelf[Grant] = Owned(
            self.clock, lambda one: f"{one.client_id} {one.person_key}", each=_BROWSERS
        )
        self.revoked: Shelf[Revoked] = Shelf(self.clock, most=_REVOKED)
        self.exchanged: Shelf[Exchanged] = Shelf(self.clock, most=_EXCHANGED)
        self.failures: Shelf[Failures] = Shelf(self.clock)
        self.expectations = Expectations(self.chance)
        self.gates.open_all()
        self.issued: deque[tuple[datetime, str]] = deque(maxlen=_ISSUED)
        self.delayed: list[tuple[datetime, Message]] = []
        self.contact_changes: Shelf[ContactChange] = Shelf(self.clock)
        self.registrations: Shelf[Registration] = Shelf(self.clock)
        self.checkings: list[Checking] = []
        self.recoveries: Shelf[Recovery] = Shelf(self.clock)
        self.email_links: Shelf[EmailLink] = Shelf(self.clock)
        self.password_links: Shelf[EmailLink] = Shelf(self.clock)
        self.devices: dict[str, deque[str]] = {}
        self.pushes: Shelf[Push] = Shelf(self.clock)
        self.qr_codes: Shelf[QrCode] = Shelf(self.clock)
        self.cooldowns: Shelf[Cooldown] = Shelf(self.clock)
        self.sign_ins: dict[str, deque[SignIn]] = {}
        self.conversations = Conversations(self.clock, self.chance)
        self.consents: dict[tuple[str, str], Consent] = {}
        self.totp_used: dict[str, int] = {}
        self.inbox.clear()
        self.tape = Tape(self.clock)

    def authority(self) -> Authority:
        """Return the certificate authority of the stand, made when it is first needed (slow)."""
        if self._authority is None:
            self._authority = Authority(self.clock.now(), seed=self.config.seed)
        return self._authority

    def after(self, seconds: int) -> datetime:
        """Return the moment that many seconds from now."""
        return self.clock.now() + timedelta(seconds=seconds)

    def settle(self) -> None:
        """Let happen what is due by now: late messages come, new accounts rise in level."""
        now = self.clock.now()
        for late in [one for one in self.delayed if one[0] <= now]:
            self.delayed.remove(late)
            self.inbox.put(late[1])
        for checking in [one for one in self.checkings if one.standard_at <= now]:
            person = self.people.get(checking.person_key)
            if person and checking.confirmed_at > now:
                self.people[person.key] = replace(person, level=Level.STANDARD)
                continue
            self.checkings.remove(checking)
            if person:
                self.people[person.key] = replace(person, level=Level.CONFIRMED)
                self.tell(person, checking.text, subject=checking.subject)

    def signature_ends(self) -> list[tuple[str, datetime]]:
        """List whose electronic signature ends when; empty until anybody needed one."""
        return self._authority.ends() if self._authority else []

    def close(self) -> None:
        """Let everybody who waits go, because the world ends."""
        self.inbox.close()
        self.gates.open_all()

    # --- people

    def contacts(self) -> frozenset[str]:
        """Return where messages to anybody go."""
        return frozenset(
            contact for one in self.people.values() for contact in logins.contacts_of(one)
        )

    def person(self, key_or_oid: str) -> Person | None:
        """Find a person by key or oid."""
        if key_or_oid in self.people:
            return self.people[key_or_oid]
        return next((one for one in self.people.values() if str(one.oid) == key_or_oid), None)

    def person_by_login(self, typed: str) -> Person | None:
        """Find a person by phone, e-mail or СНИЛС in any usual writing."""
        wanted = logins.readings(typed)
        return next(
            (one for one in self.people.values() if not wanted.isdisjoint(logins.logins_of(one))),
            None,
        )

    def put_person(self, person: Person) -> None:
        """Keep a new or changed person.

        Raises:
            ControlError: phone, e-mail or СНИЛС belong to somebody else.
        """
        for name in ("phone", "email", "snils"):
            value: str | None = getattr(person, name)
            if value and any(
                getattr(other, name) == value and other.key != person.key
                for other in self.people.values()
            ):
                raise ControlError(409, f"{name}: somebody else has it")
        self.people[person.key] = person

    def invent_person(self, gender: str | None = None) -> Person:
        """Return a new person with unique identifiers, not kept yet."""
        self._invented += 1
        return invent_person(self._invented, self.cast.password_hash, gender)

    def remove_person(self, person: Person) -> None:
        """Forget a person with sessions, grants and consents."""
        del self.people[person.key]
        for shelf in (self.sessions, self.codes, self.refreshes):
            shelf.drop_where(person_key=person.key)
        self.sign_ins.pop(person.key, None)
        self.devices.pop(person.key, None)
        self.totp_used.pop(person.key, None)
        self.consents = {
            who: granted for who, granted in self.consents.items() if who[0] != person.key
        }

    # --- being signed in

    def open_session(self, person: Person, ways: tuple[Way, ...]) -> tuple[str, Session]:
        """Sign a person in; the first value is the cookie's."""
        value, now = self.chance.token(32), self.clock.now()
        session = Session(
            sid=self.chance.uuid(),
            person_key=person.key,
            auth_time=now,
            expires_at=self.after(self.config.limits.session_seconds),
            ways=ways,
            form_token=self.chance.token(24),
        )
        self.sessions.put(value, session)
        return value, session

    def record_sign_in(self, person: Person, sign_in: SignIn) -> None:
        """Keep one more of the person's sign-ins, newest last; the oldest are forgotten."""
        self.sign_ins.setdefault(person.key, deque(maxlen=_SIGN_INS)).append(sign_in)

    def tell(self, person: Person, text: str, *, subject: str) -> None:
        """Send a notice to everything that a person has."""
        for channel, to in (("sms", person.phone), ("email", person.email)):
            if to:
                self.inbox.deliver(
                    channel=channel,
                    to=to,
                    text=text,
                    sender=texts.SENDER,
                    at=self.clock.now(),
                    subject=subject if channel == "email" else None,
                )

    def is_new_device(self, person: Person, device: str) -> bool:
        """Tell whether a person enters from somewhere new, and know it from now on."""
        known = self.devices.setdefault(person.key, deque(maxlen=_DEVICES))
        is_new = bool(known) and device not in known
        if device not in known:
            known.append(device)
        return is_new

    # --- wrong passwords and codes

    def failure_key(self, typed: str) -> str:
        """Return what wrong attempts are counted by: the person, or what nobody's login says."""
        person = self.person_by_login(typed)
        return person.key if person else f"nobody:{typed.strip().lower()[:254]}"

    def count_failure(self, key: str) -> None:
        """Count a wrong password or code; enough of them in a row lock."""
        limits = self.config.limits
        before = self.failures.get(key)
        count = before.count + 1 if before else 1
        until = self.after(limits.lock_seconds)
        self.failures.put(key, Failures(count, until))
        if count == limits.lock_after and key in self.people:
            self.tell(self.people[key], texts.closed(until), subject="Вход временно закрыт")

    def may_send(self, key: str, *, pause_seconds: int) -> bool:
        """Tell whether something may be sent to somebody now; a yes closes the way for a while."""
        if self.cooldowns.get(key):
            return False
        until = self.after(pause_seconds)
        self.cooldowns.put(key, Cooldown(until))
        return True

    def forgive(self, key: str) -> None:
        """Forget wrong attempts after a right one."""
        self.failures.take(key)

    def locked_until(self, key: str) -> datetime | None:
        """Return when a login may be tried again, or None when it may now."""
        failures = self.failures.get(key)
        if failures and failures.count >= self.config.limits.lock_after:
            return failures.expires_at
        return None

    def blocked_until(self, person: Person) -> datetime | None:
        """Return when an account that somebody locked opens: nine in the morning after today."""
        if person.state is not State.LOCKED:
            return None
        tomorrow = self.clock.now().astimezone(MOSCOW) + timedelta(days=1)
        return tomorrow.replace(hour=9, minute=0, second=0, microsecond=0)
