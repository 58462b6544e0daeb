"""What persons let client systems have: scopes until withdrawn, permissions (ЦПГ) until they end.

Source: esia-protocol.md §7. Which scope a token of `prm_chg` bears is an
assumption: everything that is let at that moment.
"""

from collections.abc import Mapping
from datetime import timedelta

from esia_sim import permissions, scopes
from esia_sim.people import Person
from esia_sim.records import Consent, Lent
from esia_sim.store import World


def has(world: World, person_key: str, asked: Mapping[str, str]) -> bool:
    """Tell whether the person already let the client have all that a request asks for."""
    given = world.consents.get((person_key, asked["client_id"]))
    if given is None or not given.scopes.issuperset(scopes.asked_by(asked).split()):
        return False
    lent, now = given.lent, world.clock.now()
    return all(
        (held := lent.get(one.kind)) and held.permission == one and held.until > now
        for one in permissions.asked_by(asked)
    )


def remember(world: World, person_key: str, asked: Mapping[str, str]) -> None:
    """Add what a request asked for to what the person lets the client have."""
    key, now = (person_key, asked["client_id"]), world.clock.now()
    before = world.consents.get(key) or Consent(frozenset(), now)
    lent = {
        one.kind: Lent(one, now + timedelta(minutes=one.minutes))
        for one in permissions.asked_by(asked)
    }
    given = before.scopes.union(scopes.asked_by(asked).split())
    world.consents[key] = Consent(given, now, {**before.lent, **lent})


def open_to(world: World, person: Person, client_id: str) -> frozenset[str] | None:
    """Return the scopes that a client has of a person now; None when there are none."""
    given = world.consents.get((person.key, client_id))
    if given is None:
        return None
    now = world.clock.now()
    lent = [one.permission.scopes for one in given.lent.values() if one.until > now]
    return given.scopes.union(*lent) - {"openid"} or None
