"""What ESIA does but does not publish: each is a setting with a default, never a fact.

Lifetimes and counts of the same kind are `Limits` in config.py. `docs/esia.md` lists both.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """Behaviour for which no source was found (esia-protocol.md marks it with [U])."""

    default_access_type: str = "online"
    default_pkce_method: str = "S256"
    pkce_methods: tuple[str, ...] = ("S256", "St256", "GOST3411")
    obj_types: tuple[str, ...] = ("P", "L", "B", "A")
    roles: tuple[str, ...] = ("P", "L", "B", "A")
    refresh_rotates: bool = True
    child_until_age: int = 14
    other_person_code: str = "ESIA-005029"
    unknown_resource_code: str = "SIM-404"
    token_error_status: int = 400
