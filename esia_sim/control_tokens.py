"""The control call that mints tokens without any sign-in."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim import claims, scopes, spoil
from esia_sim.control_calls import checked_fields
from esia_sim.errors import ControlError
from esia_sim.fields import FieldError
from esia_sim.gallery import GALLERY
from esia_sim.grant import Grant
from esia_sim.records import Way
from esia_sim.wire import world_of

_LONGEST = 365 * 24 * 3600


async def mint(request: Request) -> Response:
    """Write tokens for any person, scope and lifetime (negative: expired already)."""
    world = world_of(request)
    fields = await checked_fields(request, ("person", "client", "scope", "lifetime", "spoil"))
    person = world.person(str(fields.get("person")))
    if person is None:
        raise ControlError(404, "person: nobody has this key or oid")
    scope = fields.optional_text("scope") or "openid fullname"
    unknown = [name for name in scope.split() if name not in scopes.TITLES]
    if unknown:
        msg = f"scope: unknown: {' '.join(unknown)}"
        raise FieldError(msg)
    grant = Grant(
        client_id=fields.optional_text("client", longest=100)
        or next(iter(world.clients), "NOBODY"),
        person_key=person.key,
        scope=scope,
        redirect_uri="",
        offline=False,
        sid=world.chance.uuid(),
        ways=(Way.CONTROL,),
        auth_time=world.clock.now(),
        expires_at=world.clock.now(),
    )
    answer = claims.token_answer(world, grant, person, seconds=_lifetime(fields.get("lifetime")))
    if "spoil" in fields:
        answer = spoil.spoil(world, answer, fields.choice("spoil", tuple(GALLERY), ""))
    return JSONResponse(answer, 201)


def _lifetime(given: object) -> int | None:
    if given is None:
        return None
    if type(given) is not int or abs(given) > _LONGEST:
        msg = "lifetime: a whole number of seconds is expected, at most a year"
        raise FieldError(msg)
    return given
