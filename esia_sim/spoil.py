"""Spoilt tokens: right in form, wrong in one thing that a client system must notice."""

import base64
import json
from typing import Any, Final

from esia_sim.clients import TokenAlg
from esia_sim.store import World

_LONG_AGO: Final = 7 * 24 * 3600


def spoil(world: World, answer: dict[str, Any], how: str) -> dict[str, Any]:
    """Return the answer of the token endpoint with both of its tokens spoilt."""
    kinds = {"id_token": "id", "access_token": "access"}
    return answer | {
        name: _spoilt(world, kind, answer[name], how)
        for name, kind in kinds.items()
        if name in answer
    }


def _spoilt(world: World, kind: str, token: str, how: str) -> str:
    header, payload, signature = token.split(".")
    if how == "signature":
        other = "A" if signature[0] != "A" else "B"
        return f"{header}.{payload}.{other}{signature[1:]}"
    claims: dict[str, object] = json.loads(base64.urlsafe_b64decode(payload + "=="))
    match how:
        case "audience":
            claims |= {"aud": "SOMEBODY", "client_id": "SOMEBODY"}
        case "issuer":
            claims["iss"] = "http://other.example/"
        case _:
            now = int(world.clock.now().timestamp())
            claims |= {"nbf": now - _LONG_AGO, "iat": now - _LONG_AGO, "exp": now - _LONG_AGO + 60}
    alg = TokenAlg(json.loads(base64.urlsafe_b64decode(header + "=="))["alg"])
    return world.keys.write(kind, claims, alg)
