"""The description of the control calls: OpenAPI 3.1, made from the routes and their docstrings."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from starlette.routing import BaseRoute, Route

from esia_sim.clients import Kind, TokenAlg
from esia_sim.profiles import PROFILES

_TEXT: Final = {"type": "string"}
_BOOL: Final = {"type": "boolean"}
_NUMBER: Final = {"type": "integer"}
_OBJECT: Final = {"type": "object"}
_TEXTS: Final = {"type": "array", "items": _TEXT}
_PERSON_TEXTS: Final = (
    "last_name", "first_name", "middle_name", "birth_date", "gender", "phone", "email", "snils",
    "inn", "birth_place", "level", "state", "totp_secret", "story", "password", "signature",
)  # fmt: skip
_PERSON: Final[dict[str, object]] = {
    **dict.fromkeys(_PERSON_TEXTS, _TEXT),
    **dict.fromkeys(("email_verified", "has_app", "entered"), _BOOL),
    "organisation": _OBJECT,
    "documents": {"type": "array", "items": _OBJECT},
    "addresses": {"type": "array", "items": _OBJECT},
    "vehicles": {"type": "array", "items": _OBJECT},
    "children": {"type": "array", "items": _TEXT},
}
# What a call takes in its body, by path and method.
BODIES: Final[dict[tuple[str, str], dict[str, object]]] = {
    ("/_sim/people", "POST"): {"key": _TEXT, **_PERSON},
    ("/_sim/people/{person}", "PATCH"): {**_PERSON},
    ("/_sim/messages", "POST"): dict.fromkeys(("channel", "to", "text", "subject", "from"), _TEXT),
    ("/_sim/sessions", "POST"): {"person": _TEXT, "consent": _BOOL},
    ("/_sim/clients", "POST"): {
        "client_id": _TEXT,
        "name": _TEXT,
        "certificate": _TEXT,
        "secret": _TEXT,
        "token_alg": {"enum": list(TokenAlg)},
        "kind": {"enum": list(Kind)},
        "strict": _BOOL,
        **dict.fromkeys(
            ("redirect_domains", "redirect_uris", "post_logout_redirect_uris", "scopes"), _TEXTS
        ),
    },
    ("/_sim/keys/rotate", "POST"): {"overlap": _NUMBER},
    ("/_sim/push/{push}", "POST"): {"answer": {"enum": ["allow", "deny"]}},
    ("/_sim/clock", "POST"): {
        "advance": _TEXT,
        "set": _TEXT,
        "freeze": _BOOL,
        "reset": _BOOL,
        "follow": _BOOL,
    },
    ("/_sim/conversations/{number}", "POST"): {
        "text": _TEXT,
        "decision": {"enum": ["believe", "refuse"]},
    },
    ("/_sim/expectations", "POST"): {
        "when": _OBJECT,
        "then": _OBJECT,
        "times": _NUMBER,
        "ttl": _NUMBER,
        "profile": {"enum": list(PROFILES)},
    },
    ("/_sim/expectations/verify", "POST"): {},
    ("/_sim/fidelity/verify", "POST"): {},
    ("/_sim/gates/{gate}/release", "POST"): {},
    ("/_sim/gates/{gate}/drop", "POST"): {},
    ("/_sim/tokens", "POST"): {
        "person": _TEXT,
        "client": _TEXT,
        "scope": _TEXT,
        "lifetime": _NUMBER,
        "spoil": _TEXT,
    },
    ("/_sim/reset", "POST"): {},
    ("/_sim/worlds", "POST"): {
        "seed": {"type": ["integer", "string"]},
        "ttl": {"type": ["integer", "string"]},
    },
}
# what a check at the end of a test lists when it fails
_LISTED: Final = {"/_sim/expectations/verify": "unmet", "/_sim/fidelity/verify": "relied"}
_LIST: Final = {"type": "array", "items": {"type": "object"}}
QUERIES: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("/_sim/messages", "GET"): ("to", "channel", "since", "wait"),
    ("/_sim/messages", "DELETE"): ("to",),
    ("/_sim/expectations", "DELETE"): ("id",),
    ("/_sim/requests", "GET"): ("login", "format"),
    ("/_sim/gates/{gate}", "GET"): ("count", "wait"),
}


def describe(routes: Sequence[BaseRoute]) -> dict[str, object]:
    """Describe the calls of these routes."""
    paths: dict[str, dict[str, object]] = {}
    for route in routes:
        if isinstance(route, Route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                paths.setdefault(route.path, {})[method.lower()] = _call(route, method)
    return {
        "openapi": "3.1.0",
        "info": {"title": "esia_sim", "version": "1", "description": "Control of a training stand"},
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Sim-Key"}}
        },
        "security": [{}, {"key": []}],
    }


def _call(route: Route, method: str) -> Mapping[str, object]:
    name = (route.path, method)
    summary = (route.endpoint.__doc__ or "").partition("\n")[0]
    inside = [
        {"name": part, "in": "path", "required": True, "schema": _TEXT}
        for part in re.findall(r"{(\w+)}", route.path)
    ]
    asked = [{"name": part, "in": "query", "schema": _TEXT} for part in QUERIES.get(name, ())]
    said = {"error": _TEXT, **({_LISTED[route.path]: _LIST} if route.path in _LISTED else {})}
    refused = {"description": "refused; the reason in words", "content": _json(said)}
    call: dict[str, object] = {
        "summary": summary,
        "operationId": f"{method.lower()}{re.sub(r'[^a-z]+', '_', route.path)}",
        "parameters": [*inside, *asked],
        "responses": {"2XX": {"description": "done"}, "4XX": refused},
    }
    if name in BODIES:
        call["requestBody"] = {"content": _json(BODIES[name])}
    return call


def _json(properties: Mapping[str, object]) -> dict[str, object]:
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"application/json": {"schema": schema}}
