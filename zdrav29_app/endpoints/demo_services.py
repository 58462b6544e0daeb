"""Demo controls of the status page: what is announced, and which service looks broken."""

from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.demo import past_services
from zdrav29_app.endpoints.demo_guard import Refused, fields_of, guarded
from zdrav29_app.errors import BadInput
from zdrav29_app.services import announcements, status
from zdrav29_app.values import Service

SERVICES = ", ".join(Service)


async def show_announcements(_: Request) -> Response:
    """What is announced now, and for later."""
    listed = await reading(announcements.listed)
    return JSONResponse(
        {
            "announcements": [
                {
                    "id": one.id,
                    "kind": one.kind,
                    "service": one.service,
                    "text": one.text,
                    "begins": one.begins_at.isoformat(),
                    "ends": one.ends_at.isoformat() if one.ends_at else None,
                }
                for one in listed
            ]
        }
    )


async def announce(request: Request) -> Response:
    """Announce as the operator of the cast: works when `begins` is there, else an outage."""
    fields = await fields_of(request, "text", "service", "begins", "ends")
    operator = await reading(past_services.operator)
    facts: dict[str, Any] = {
        "text": str(fields.get("text", "")),
        "service": _service(fields["service"]) if fields.get("service") else None,
        "ends_at": _moment(fields, "ends"),
    }
    begins_at = _moment(fields, "begins")
    try:
        if begins_at:
            made = await in_transaction(
                announcements.plan_works, operator, begins_at=begins_at, **facts
            )
        else:
            made = await in_transaction(announcements.announce_outage, operator, **facts)
    except BadInput:
        raise Refused(
            f"text of at most {announcements.LONGEST_TEXT} characters, and an end in the future "
            "(works have one), are expected"
        ) from None
    await reading(announcements.load)
    return JSONResponse({"id": made}, 201)


async def end(request: Request) -> Response:
    """Take one announcement away (`?id=`)."""
    number = request.query_params.get("id", "")
    if not number.isdecimal():
        raise Refused("id: the number of an announcement is expected")
    operator = await reading(past_services.operator)
    await in_transaction(announcements.end, operator, int(number))
    await reading(announcements.load)
    return Response(status_code=204)


async def force(request: Request) -> Response:
    """Let a service look broken or sound on the status page, or be itself again."""
    fields = await fields_of(request, "service", "answers")
    answers = fields.get("answers", ...)
    if answers not in (True, False, None):
        raise Refused("answers: true, false or null is expected")
    status.force(_service(fields.get("service")), answers=answers)
    return Response(status_code=204)


def _service(name: object) -> Service:
    try:
        return Service(str(name))
    except ValueError:
        raise Refused(f"service: one of {SERVICES} is expected") from None


def _moment(fields: dict[str, Any], name: str) -> datetime | None:
    if fields.get(name) is None:
        return None
    try:
        moment = datetime.fromisoformat(str(fields[name]))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Refused(f"{name}: an ISO moment with its offset is expected")
    return moment


ROUTES = [
    Route("/_demo/announcements", guarded(show_announcements), methods=["GET"]),
    Route("/_demo/announcements", guarded(announce), methods=["POST"]),
    Route("/_demo/announcements", guarded(end), methods=["DELETE"]),
    Route("/_demo/services", guarded(force), methods=["POST"]),
]
