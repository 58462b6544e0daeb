"""`/rs/prns/{oid}`: a person and what belongs to her, as far as the token's scope reaches.

Source: esia-protocol.md §1.3, §5 and cases R1-R5.
"""

import hashlib
import json
import re
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim import organisation_items, organisations, person_items, relations, scopes
from esia_sim.bearer import Bearer, read_bearer
from esia_sim.errors import RestError
from esia_sim.expectations import meet
from esia_sim.people import Organisation, Person
from esia_sim.store import World
from esia_sim.wire import world_of

_COLLECTIONS: Final = {
    "ctts": "contacts",
    "docs": "documents",
    "addrs": "addresses",
    "kids": "kids",
    "vhls": "vehicles",
    "orgs": "organizations",
    "roles": "roles",
}
# What answers inline without being asked to.
_ALWAYS_INLINE: Final = "roles"
_EMBED: Final = re.compile(r"(?:(\w+)\.)?elements(?:-\d+)?")
_NO_FIELDS: Final = frozenset({"openid"})


async def answer(request: Request) -> Response:
    """Answer a REST request; doubled and trailing slashes do no harm."""
    world = world_of(request)
    bearer = read_bearer(world, request.headers.get("Authorization", ""))
    steps = [step for step in request.path_params["path"].split("/") if step]
    embed = frozenset(
        found[1] or "" for found in _EMBED.finditer(request.query_params.get("embed", ""))
    )
    if steps[:1] == ["orgs"]:
        return await _organisation(world, bearer, steps, inline="" in embed)
    person = _person(world, bearer, steps)
    await meet(world, _endpoint(steps), person=person.key)
    match steps[2:]:
        case []:
            body = _whole(world, person, bearer, embed)
        case [name] if name in _COLLECTIONS:
            body = _collection(world, person, bearer, name, inline="" in embed)
        case [name, number] if name in _COLLECTIONS:
            body = _item(world, person, bearer, name, number)
        case ["kids", number, "docs"]:
            body = _documents_of_kid(world, person, bearer, number, inline="" in embed)
        case _:
            raise _not_found(world)
    return _respond(world, person, body)


async def _organisation(
    world: World, bearer: Bearer, steps: list[str], *, inline: bool
) -> Response:
    person = world.person(str(bearer.oid))
    await meet(world, "organizations", person=person.key if person else None)
    found = relations.organisation(world, steps[1]) if len(steps) > 1 else None
    if found is None:
        raise _not_found(world)
    granted = organisations.opened(found, person, bearer.scopes, bearer.of_organisations)
    if granted is None:
        raise _not_allowed()
    body = _of_organisation(world, found, granted, steps[2:], inline=inline)
    return JSONResponse(body, headers={"ETag": str(body["eTag"])})


def _of_organisation(
    world: World,
    organisation: Organisation,
    granted: frozenset[str],
    steps: list[str],
    *,
    inline: bool,
) -> dict[str, object]:
    if not steps:
        return _with_etag(_without_nulls(organisations.described(organisation, granted)))
    if not organisation_items.is_known(steps[0]):
        raise _not_found(world)
    if not organisation_items.is_open(granted, steps[0]):
        raise _not_allowed()
    home = f"{world.config.base_url}/rs/orgs/{organisation.oid}/{steps[0]}"
    found = [_with_etag(one) for one in organisation_items.items(world, organisation, steps[0])]
    if len(steps) == 1:
        return _listed(home, found, inline=inline)
    item = next((one for one in found if str(_number(one)) == steps[1]), None)
    match steps[2:]:
        case [] if item:
            return item
        case ["grps"] if item and steps[0] == organisation_items.EMPLOYEES:
            return _listed(f"{home}/{steps[1]}/grps", [], inline=inline)
        case _:
            raise _not_found(world)


def _endpoint(steps: list[str]) -> str:
    return _COLLECTIONS.get(steps[2], "person") if len(steps) > len(("prns", "oid")) else "person"


def _person(world: World, bearer: Bearer, steps: list[str]) -> Person:
    if steps[:1] != ["prns"] or len(steps) == 1:
        raise _not_found(world)
    if steps[1] != str(bearer.oid):
        raise _not_allowed(world.config.assumed.other_person_code)
    person = world.person(str(bearer.oid))
    if person is None:
        raise RestError(401, "ESIA-005011", "SecurityErrorEnum.invalidToken")
    return person


def _whole(
    world: World, person: Person, bearer: Bearer, embed: frozenset[str]
) -> dict[str, object]:
    if bearer.scopes <= _NO_FIELDS:
        raise _not_allowed()
    facts = _facts(world, person, bearer.scopes)
    for path, name in _COLLECTIONS.items():
        if name in embed and person_items.is_open(bearer.scopes, path):
            facts[name] = _collection(world, person, bearer, path, inline=True)
    return _with_etag(facts)


def _facts(world: World, person: Person, granted: frozenset[str]) -> dict[str, object]:
    facts: dict[str, object] = {"stateFacts": ["EntityRoot"]}
    for scope, values in _facts_by_scope(person).items():
        if scope in granted:
            facts |= values
    identity = [one.id for one in person.documents if one.type in scopes.DOCUMENT_TYPES["id_doc"]]
    facts |= {
        "trusted": person.is_confirmed,
        "updatedOn": int(world.started_at.timestamp()),
        "rfgUOperatorCheck": False,
        "status": "REGISTERED",
        "verifying": False,
        "rIdDoc": identity[0] if identity else None,
        "containsUpCfmCode": False,
        "kidAccCreatedByParent": False,
    }
    return _without_nulls(facts)


def _facts_by_scope(person: Person) -> dict[str, dict[str, object]]:
    return {
        "fullname": {
            "firstName": person.first_name,
            "lastName": person.last_name,
            "middleName": person.middle_name,
        },
        "birthdate": {"birthDate": f"{person.birth_date:%d.%m.%Y}"},
        "birthplace": {"birthPlace": person.birth_place},
        "gender": {"gender": person.gender},
        "snils": {"snils": person.snils},
        "inn": {"inn": person.inn},
        "id_doc": {"citizenship": "RUS" if person.documents else None},
    }


def _collection(
    world: World, person: Person, bearer: Bearer, path: str, *, inline: bool
) -> dict[str, object]:
    items = _items(world, person, bearer, path)
    home = f"{world.config.base_url}/rs" if path == "orgs" else _home(world, person)
    return _listed(f"{home}/{path}", items, inline=inline or path == _ALWAYS_INLINE)


def _documents_of_kid(
    world: World, person: Person, bearer: Bearer, number: str, *, inline: bool
) -> dict[str, object]:
    kid = next((one for one in person_items.kids_of(world, person) if str(one.oid) == number), None)
    if kid is None:
        raise _not_found(world)
    items = [
        _with_etag(_without_nulls(one)) for one in person_items.documents_of_kid(kid, bearer.scopes)
    ]
    return _listed(f"{_home(world, person)}/kids/{number}/docs", items, inline=inline)


def _listed(home: str, items: list[dict[str, object]], *, inline: bool) -> dict[str, object]:
    elements: list[object] = [item if inline else f"{home}/{_number(item)}" for item in items]
    return _with_etag({"stateFacts": ["hasSize"], "size": len(items), "elements": elements})


def _item(
    world: World, person: Person, bearer: Bearer, path: str, number: str
) -> dict[str, object]:
    for item in _items(world, person, bearer, path):
        if str(_number(item)) == number:
            return item
    raise _not_found(world)


def _items(world: World, person: Person, bearer: Bearer, path: str) -> list[dict[str, object]]:
    if not person_items.is_open(bearer.scopes, path):
        raise _not_allowed()
    found = person_items.items(world, person, bearer.scopes, path)
    return [_with_etag(_without_nulls(one)) for one in found]


def _home(world: World, person: Person) -> str:
    return f"{world.config.base_url}/rs/prns/{person.oid}"


def _respond(world: World, person: Person, body: dict[str, object]) -> Response:
    home = _home(world, person)
    links = ",".join(f"<{home}/{path}>;rel={name}" for path, name in _COLLECTIONS.items())
    return JSONResponse(body, headers={"ETag": str(body["eTag"]), "Link": links})


def _with_etag(facts: dict[str, object]) -> dict[str, object]:
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
    return facts | {"eTag": digest[:40].upper()}


def _without_nulls(facts: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value is not None}


def _number(item: dict[str, object]) -> object:
    return item.get("id", item.get("oid"))


def _not_allowed(code: str = "ESIA-005029") -> RestError:
    return RestError(403, code, "SecurityErrorEnum.scopeNotAllowed")


def _not_found(world: World) -> RestError:
    return RestError(404, world.config.assumed.unknown_resource_code, "There is no such resource.")
