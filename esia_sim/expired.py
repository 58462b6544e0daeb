"""What a move of the clock has ended: everything in a world that has an end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from esia_sim.store import World

Ended = dict[str, str]


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment, not included, to another, included."""

    before: datetime
    after: datetime

    def __contains__(self, moment: datetime) -> bool:
        """Tell whether a moment lies in it."""
        return self.before < moment <= self.after


def between(world: World, before: datetime, after: datetime) -> list[Ended]:
    """List what died in a span: its `kind`, and the `person` or `client` it belonged to."""
    span = Span(before, after)
    return [*_of_people(world, span), *_one_time_codes(world, span), *_certificates(world, span)]


def _of_people(world: World, span: Span) -> Iterator[Ended]:
    shelves = {
        "session": world.sessions,
        "code": world.codes,
        "refresh_token": world.refreshes,
        "push": world.pushes,
        "link": world.email_links,
        "password_link": world.password_links,
        "contact_change": world.contact_changes,
    }
    for kind, shelf in shelves.items():
        for _, thing in shelf.dead_between(span.before, span.after):
            yield {"kind": kind, "person": thing.person_key}
    for key, failures in world.failures.dead_between(span.before, span.after):
        if failures.count >= world.config.limits.lock_after:
            yield {"kind": "lock_out", "person": key}
    for until, key in world.issued:
        if until in span:
            yield {"kind": "access_token", "person": key}


def _one_time_codes(world: World, span: Span) -> Iterator[Ended]:
    life = timedelta(seconds=world.config.limits.sms_seconds)
    for attempt in world.attempts.everything():
        if attempt.code and attempt.code.to and attempt.code.sent_at + life in span:
            yield {"kind": "one_time_code", "person": attempt.person_key or attempt.login}


def _certificates(world: World, span: Span) -> Iterator[Ended]:
    for client in world.clients.values():
        for certificate in client.certificates:
            if certificate.not_valid_after_utc in span:
                yield {"kind": "certificate", "client": client.client_id}
    for key, ends in world.signature_ends():
        if ends in span:
            yield {"kind": "certificate", "person": key}
