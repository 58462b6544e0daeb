"""The access token that comes with a REST request."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from esia_sim import scopes
from esia_sim.errors import RestError
from esia_sim.records import Revoked
from esia_sim.signing import TokenError
from esia_sim.store import World


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose data the token opens, and which; scopes are without their `?oid=`.

    `oid` is None for the token of a system itself. `of_organisations` are the scopes that name an
    organisation, by its oid.
    """

    oid: int | None
    scopes: frozenset[str]
    of_organisations: dict[str, frozenset[str]]


def read_bearer(world: World, header: str) -> Bearer:
    """Read the `Authorization` header.

    Raises:
        RestError: 401; ESIA-005011 for no or a foreign token, ESIA-005013 for an expired one.
    """
    kind, _, token = header.partition(" ")
    try:
        claims = world.keys.read("access", token.strip())
    except TokenError as error:
        raise _invalid() from error
    oid, scope, expires = claims.get("urn:esia:sbj_id"), claims.get("scope"), claims.get("exp")
    is_good = isinstance(expires, int) and not is_revoked(world, token.strip())
    if kind.lower() != "bearer" or not is_good:
        raise _invalid()
    if cast("int", expires) <= world.clock.now().timestamp():
        raise RestError(401, "ESIA-005013", "SecurityErrorEnum.expiredToken")
    names = str(scope).split()
    by_organisation: dict[str, frozenset[str]] = {}
    for name in names:
        if whose := scopes.organisation(name):
            before = by_organisation.get(whose, frozenset())
            by_organisation[whose] = before | {scopes.bare(name)}
    return Bearer(
        oid if isinstance(oid, int) else None,
        frozenset(name.partition("?")[0] for name in names),
        by_organisation,
    )


def revoke(world: World, token: str, until: datetime) -> None:
    """Let an access token, which ends at `until`, open nothing more."""
    world.revoked.put(_digest(token), Revoked(until))


def is_revoked(world: World, token: str) -> bool:
    """Tell whether an access token was taken back; of one that has ended nothing is remembered."""
    return world.revoked.get(_digest(token)) is not None


def _digest(token: str) -> str:
    # not of the signature: the last character of base64 can be another one for the same bytes
    signed = token.rpartition(".")[0]
    return hashlib.sha256(signed.encode()).hexdigest()[:32]


def _invalid() -> RestError:
    return RestError(401, "ESIA-005011", "SecurityErrorEnum.invalidToken")
