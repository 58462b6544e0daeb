"""The claims of ESIA's code, access token and id_token, and the answer of the token endpoint.

Source: esia-protocol.md §3.2-§3.4. Numbers are numbers, the access token has
neither `aud` nor `sub`, and `is_tru` is absent (not false) when identity is not confirmed. The
claims of the code are an assumption.
"""

from collections.abc import Callable
from datetime import datetime

from esia_sim import oidc_claims, relations, scopes
from esia_sim.clients import Kind, TokenAlg
from esia_sim.grant import Grant
from esia_sim.people import Person
from esia_sim.records import Session, Way, factors
from esia_sim.store import World


def authorization_code(world: World, client_id: str, session: Session) -> str:
    """Write a code: a JWT of its own kind, different each time."""
    person = world.people[session.person_key]
    world.ledger.used("code_claims")
    claims: dict[str, object] = {
        "client_id": client_id,
        "urn:esia:sid": session.sid,
        "urn:esia:sbj_id": person.oid,
        "jti": world.chance.hexadecimal(16),
    }
    claims |= _lifetime(world, world.config.limits.code_seconds)
    return world.keys.write("authorization_code", claims, _alg(world, client_id))


def token_answer(
    world: World, grant: Grant, person: Person, *, seconds: int | None = None
) -> dict[str, object]:
    """Write the tokens of a grant; the id_token only when `openid` was asked for.

    `seconds` is another lifetime than the usual ones, for both of them.
    """
    lifetime, seconds = seconds, seconds or world.config.limits.access_token_seconds
    world.issued.append((world.after(seconds), person.key))
    access = _access_token(world, grant, person, seconds)
    answer: dict[str, object] = {"token_type": "Bearer", "expires_in": seconds}
    if "openid" in grant.scope.split():
        id_seconds = lifetime or world.config.limits.id_token_seconds
        answer["id_token"] = _id_token(world, grant, person, id_seconds)
    return {"access_token": access()} | answer


def _access_token(world: World, grant: Grant, person: Person, seconds: int) -> Callable[[], str]:
    personal = (
        name if name == "openid" else f"{name}?oid={person.oid}" for name in grant.scope.split()
    )
    claims: dict[str, object] = {
        "scope": " ".join([*personal, *_of_organisations(grant, person)]),
        "urn:esia:sid": grant.sid,
        "urn:esia:sbj_id": person.oid,
        "client_id": grant.client_id,
    }
    claims |= _lifetime(world, seconds)
    return world.keys.write_beside("access", claims, _alg(world, grant.client_id))


def system_answer(world: World, client_id: str, scope: str) -> dict[str, object]:
    """Write the token of a system itself, for data of organisations; nobody signed in for it."""
    seconds = world.config.limits.access_token_seconds
    claims: dict[str, object] = {
        "scope": scope,
        "urn:esia:sid": world.chance.uuid(),
        "client_id": client_id,
    }
    claims |= _lifetime(world, seconds)
    token = world.keys.write("access", claims, _alg(world, client_id))
    return {"access_token": token, "token_type": "Bearer", "expires_in": seconds}


def _of_organisations(grant: Grant, person: Person) -> list[str]:
    if person.organisation is None:
        return []
    names = dict.fromkeys(scopes.bare(name) for name in grant.scope_org.split())
    return [f"{scopes.PREFIX}{name}?org_oid={person.organisation.oid}" for name in names]


def _alg(world: World, client_id: str) -> TokenAlg:
    client = world.clients.get(client_id)
    return client.token_alg if client else TokenAlg.RS256


def _id_token(world: World, grant: Grant, person: Person, seconds: int) -> str:
    way = "DS" if Way.SIGNATURE in grant.ways else "PWD"
    claims: dict[str, object] = {
        "aud": grant.client_id,
        "sub": person.oid,
        "amr": way,
        "urn:esia:amd": way,
        "auth_time": _seconds(grant.auth_time),
        "urn:esia:sid": grant.sid,
        "urn:esia:sbj": _subject(world, person),
    }
    if not world.config.faithful:
        claims["urn:esia-sim:factors"] = factors(grant.ways)
    claims |= _lifetime(world, seconds)
    client = world.clients.get(grant.client_id)
    if client and client.kind is Kind.OIDC:
        claims |= {
            "iss": world.config.base_url,
            "sub": oidc_claims.subject(person),
            "amr": oidc_claims.METHODS[way],
        }
        claims |= {"nonce": grant.nonce} if grant.nonce else {}
        return world.keys.write("id", claims, client.token_alg, named=True)
    world.ledger.used("id_token_header")
    return world.keys.write("id", claims, _alg(world, grant.client_id))


def _subject(world: World, person: Person) -> dict[str, object]:
    subject: dict[str, object] = {
        "urn:esia:sbj:lvl": _level(world, person),
        "urn:esia:sbj:typ": "P",
        "urn:esia:sbj:oid": person.oid,
        "urn:esia:sbj:nam": f"OID.{person.oid}",
    }
    return subject | ({"urn:esia:sbj:is_tru": True} if person.is_confirmed else {})


def _level(world: World, person: Person) -> str:
    if relations.is_child(world, person):
        return "KD"
    return "PR" if person.is_confirmed else "P"


def _lifetime(world: World, seconds: int) -> dict[str, object]:
    now = _seconds(world.clock.now())
    return {"iss": world.config.issuer, "nbf": now, "iat": now, "exp": now + seconds}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
