"""The control calls under `/_sim`: people, sessions, client systems, health, reset."""

from dataclasses import replace
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim import browser, clients, consents, passwords, people_fields
from esia_sim.control_calls import checked_fields, find_person
from esia_sim.errors import ControlError
from esia_sim.fields import FieldError
from esia_sim.people import Person, State
from esia_sim.records import Way
from esia_sim.store import World
from esia_sim.wire import world_of

_FIELDS: Final = (*people_fields.EDITABLE, "password")
_LONGEST_KEY: Final = 40


async def health(_: Request) -> Response:
    """Say that the stand is ready."""
    return JSONResponse({"status": "ok"})


async def list_people(request: Request) -> Response:
    """List everybody."""
    world = world_of(request)
    return JSONResponse({"people": [world.cast.as_json(one) for one in world.people.values()]})


async def add_person(request: Request) -> Response:
    """Make a person; what is not given is invented and unique."""
    world = world_of(request)
    fields = await checked_fields(request, (*_FIELDS, "key"))
    gender = fields.choice("gender", ("F", "M"), "") if "gender" in fields else None
    person = world.invent_person(gender)
    if "key" in fields:
        person = replace(person, key=_free_key(world, fields.text("key", longest=_LONGEST_KEY)))
    password = fields.optional_text("password", longest=254)
    person = await _changed(
        person, people_fields.change(person, fields), password, given="password" in fields
    )
    world.put_person(person)
    answer = world.cast.as_json(person)
    return JSONResponse(answer | ({"password": password} if password else {}), 201)


async def show_person(request: Request) -> Response:
    """Describe one person."""
    return JSONResponse(world_of(request).cast.as_json(find_person(request)))


async def change_person(request: Request) -> Response:
    """Change fields of a person; who is locked by it is signed out."""
    world, person = world_of(request), find_person(request)
    fields = await checked_fields(request, _FIELDS)
    password = fields.optional_text("password", longest=254)
    changed = await _changed(
        person, people_fields.change(person, fields), password, given="password" in fields
    )
    world.put_person(changed)
    if changed.state is State.LOCKED:
        world.sessions.drop_where(person_key=changed.key)
    elif "state" in fields:
        world.forgive(changed.key)
    return JSONResponse(world.cast.as_json(changed))


async def remove_person(request: Request) -> Response:
    """Forget a person."""
    world_of(request).remove_person(find_person(request))
    return Response(status_code=204)


async def open_session(request: Request) -> Response:
    """Sign a person in without the pages; `consent` lets every client have what it may ask for."""
    world = world_of(request)
    fields = await checked_fields(request, ("person", "consent"))
    key = fields.get("person")
    person = world.person(str(key)) if isinstance(key, (str, int)) else None
    if person is None:
        raise ControlError(404, "person: nobody has this key or oid")
    if fields.flag("consent", default=False):
        for client in world.clients.values():
            asked = {"client_id": client.client_id, "scope": " ".join(client.scopes)}
            consents.remember(world, person.key, asked)
    value, _ = world.open_session(person, (Way.CONTROL,))
    return JSONResponse({"name": browser.session_cookie(world), "value": value}, 201)


async def list_clients(request: Request) -> Response:
    """List the client systems."""
    known = world_of(request).clients.values()
    return JSONResponse({"clients": [client.as_json() for client in known]})


async def add_client(request: Request) -> Response:
    """Register a client system, or register it anew."""
    fields = await checked_fields(request, clients.FIELDS)
    pem = fields.optional_text("certificate", longest=20_000)
    client = clients.read_client(fields, pem.encode() if pem is not None else None)
    world_of(request).clients[client.client_id] = client
    return JSONResponse(client.as_json(), 201)


async def reset(request: Request) -> Response:
    """Put everything back as at the start."""
    world_of(request).reset()
    return Response(status_code=204)


async def _changed(before: Person, after: Person, password: str | None, *, given: bool) -> Person:
    if not given:
        return after
    if password is None:
        return replace(after, password_hash=None)
    # The shared demo password keeps its ready-made hash, so that it goes on being shown.
    same = before.password_hash is not None and await passwords.is_right(
        before.password_hash, password
    )
    hashed = before.password_hash if same else await passwords.hash_password(password)
    return replace(after, password_hash=hashed)


def _free_key(world: World, key: str) -> str:
    if not key.isascii() or not key.replace("-", "").replace("_", "").isalnum():
        msg = "key: Latin letters, digits, - and _ are expected"
        raise FieldError(msg)
    if world.person(key):
        raise ControlError(409, "key: somebody else has it")
    return key
