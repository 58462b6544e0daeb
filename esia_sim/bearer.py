"""The access token that comes with a REST request."""

from dataclasses import dataclass

from esia_sim.errors import RestError
from esia_sim.signing import TokenError
from esia_sim.store import World


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose data the token opens, and which; scopes are without their `?oid=`."""

    oid: int
    scopes: frozenset[str]


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
    if kind.lower() != "bearer" or not isinstance(oid, int) or not isinstance(expires, int):
        raise _invalid()
    if expires <= world.clock.now().timestamp():
        raise RestError(401, "ESIA-005013", "SecurityErrorEnum.expiredToken")
    return Bearer(oid, frozenset(name.partition("?")[0] for name in str(scope).split()))


def _invalid() -> RestError:
    return RestError(401, "ESIA-005011", "SecurityErrorEnum.invalidToken")
