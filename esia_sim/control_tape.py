"""The control call of the tape: as JSON, as HAR 1.2, or as a sequence diagram in Mermaid."""

from collections.abc import Mapping
from typing import Final, cast

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from esia_sim import har
from esia_sim.control_calls import check_query
from esia_sim.errors import ControlError
from esia_sim.fields import FieldError
from esia_sim.tape import Entry
from esia_sim.wire import world_of

FORMATS: Final = ("json", "har", "mermaid")
_OF_CLIENTS: Final = ("/aas/oauth2/te", "/aas/oauth2/v3/te", "/oidc/token", "/rs/")


async def show(request: Request) -> Response:
    """Give the tape away, all of it or that of one person (`?login=`: login, key or oid)."""
    check_query(request, ("login", "format"))
    entries = world_of(request).tape.entries(_person(request))
    match request.query_params.get("format", "json"):
        case "json":
            return JSONResponse({"entries": [one.as_json() for one in entries]})
        case "har":
            return JSONResponse(har.written(world_of(request).config.base_url, entries))
        case "mermaid":
            return PlainTextResponse(_diagram(entries))
        case _:
            raise FieldError(f"format: one of {', '.join(FORMATS)} is expected")


def _person(request: Request) -> str | None:
    world, login = world_of(request), request.query_params.get("login")
    if not login:
        return None
    person = world.person(login) or world.person_by_login(login)
    if person is None:
        raise ControlError(404, "login: nobody has this login, key or oid")
    return person.key


def _diagram(entries: list[Entry]) -> str:
    lines = ["sequenceDiagram", "participant B as Browser", "participant E as ESIA"]
    lines += ["participant C as Client system", "participant P as Phone"]
    for entry in entries:
        lines += _steps(entry)
    return "\n".join(lines) + "\n"


def _steps(entry: Entry) -> list[str]:
    facts = entry.facts
    match entry.kind:
        case "message":
            return [f"E->>P: {_word(facts['channel'])} {_word(facts['text'])}"]
        case "clock":
            return [f"Note over E: clock {_word(facts['now'])}"]
        case "claims":
            return [f"Note over C: {_word(', '.join(facts))}"]
        case _:
            asker = "C" if str(facts["path"]).startswith(_OF_CLIENTS) else "B"
            back = f"{facts['status'] or facts['outcome']} {_word(facts['location'] or '')}".strip()
            asked = f"{asker}->>E: {facts['method']} {_word(facts['path'])}"
            why = cast("Mapping[str, object] | None", facts["why"])
            told = [f"Note over E: refused {_word(why['code'])}"] if why else []
            return [asked, *told, f"E-->>{asker}: {back}"]


def _word(text: object) -> str:
    """Return a text that a diagram can hold: no line breaks, no signs of its own language."""
    return " ".join(str(text).split()).replace(";", ",").replace("#", "")[:120]
