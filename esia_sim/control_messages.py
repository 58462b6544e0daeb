"""Control calls about messages: the gateway that takes them, and reading them with a cursor."""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from esia_sim import identifiers, logins, magic
from esia_sim.control_calls import check_query, checked_fields, query_number
from esia_sim.errors import ControlError
from esia_sim.fields import FieldError
from esia_sim.store import World
from esia_sim.wire import world_of

_CHANNELS: Final = ("sms", "email")
_READABLE: Final = (*_CHANNELS, "push")
_LONGEST_WAIT: Final = 60.0
_LONGEST_TEXT: Final = 20_000


async def send(request: Request) -> Response:
    """Take an SMS or a letter of a client system and deliver it."""
    world = world_of(request)
    fields = await checked_fields(request, ("channel", "to", "text", "subject", "from"))
    channel = fields.choice("channel", _CHANNELS, "")
    to = fields.text("to", longest=254)
    known = identifiers.normalise_phone(to) if channel == "sms" else identifiers.normalise_email(to)
    if known is None:
        msg = f"to: not an address for {channel}"
        raise FieldError(msg)
    if known == magic.REFUSED:
        raise ControlError(503, "the gateway refuses messages to this number")
    message = world.inbox.deliver(
        channel=channel,
        to=known,
        text=fields.text("text", longest=_LONGEST_TEXT),
        subject=fields.optional_text("subject", longest=500),
        sender=fields.optional_text("from", longest=100) or "Без имени",
        at=world.clock.now(),
    )
    return JSONResponse({"id": message.as_json()["id"], "cursor": message.cursor}, 201)


async def read(request: Request) -> Response:
    """List messages after a cursor, waiting for the first one when asked to."""
    check_query(request, ("to", "channel", "since", "wait"))
    world, query = world_of(request), request.query_params
    channel = query.get("channel")
    if channel not in (None, *_READABLE):
        msg = f"channel: one of {', '.join(_READABLE)} is expected"
        raise FieldError(msg)
    found = await world.inbox.wait(
        to=_receivers(world, query["to"]) if query.get("to") else None,
        channel=channel,
        since=int(query_number(request, "since", most=2**53)),
        seconds=query_number(request, "wait", most=_LONGEST_WAIT),
    )
    cursor = found[-1].cursor if found else world.inbox.cursor
    return JSONResponse({"messages": [one.as_json() for one in found], "cursor": cursor})


async def forget(request: Request) -> Response:
    """Forget all messages, or those to somebody (`?to=`)."""
    check_query(request, ("to",))
    world, to = world_of(request), request.query_params.get("to")
    world.inbox.clear(_receivers(world, to) if to else None)
    return Response(status_code=204)


async def sms_log(request: Request) -> Response:
    """List sent codes as the real test stand does under `/logs/sms/`, newest last."""
    sent = world_of(request).inbox.find(channel="sms")
    lines = (
        f"Код: {one.code} to number {identifiers.esia_phone(one.to)}" for one in sent if one.code
    )
    return PlainTextResponse("\n".join(lines) + "\n")


def _receivers(world: World, to: str) -> frozenset[str]:
    if person := world.person(to):
        return logins.contacts_of(person)
    address = identifiers.normalise_phone(to) or identifiers.normalise_email(to)
    if address is None:
        raise ControlError(404, "to: a phone, an e-mail, or the key or oid of a person")
    return frozenset({address})
