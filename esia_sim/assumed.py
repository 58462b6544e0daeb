"""What ESIA does but does not publish: each is a setting with a default, never a fact.

`docs/esia.md` lists them all. A YAML file may set any of them by name (`--assumptions`).
"""

from dataclasses import dataclass, fields
from pathlib import Path
from typing import cast

from esia_sim.fields import FieldError, Fields
from esia_sim.yaml_files import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Lifetimes, counts and delays; assumptions, as ESIA publishes none but the token's hour."""

    access_token_seconds: int = 3600
    id_token_seconds: int = 10800
    code_seconds: int = 120
    key_overlap_seconds: int = 3 * 3600
    refresh_token_seconds: int = 7 * 24 * 3600
    request_skew_seconds: int = 300
    attempt_seconds: int = 1800
    session_seconds: int = 12 * 3600
    sms_seconds: int = 300
    sms_tries: int = 3
    sms_resend_seconds: int = 60
    registration_seconds: int = 24 * 3600
    processing_seconds: int = 300
    link_seconds: int = 24 * 3600
    push_seconds: int = 120
    push_pause_seconds: int = 15
    lock_after: int = 5
    lock_seconds: int = 1800


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


def load_assumptions(path: Path) -> tuple[Limits, Assumed, frozenset[str]]:
    """Read values from a YAML file of names; returns also which names it holds.

    Raises:
        FieldError: a name is unknown, or its value is of another kind than the usual one.
        OSError: the file cannot be read.
    """
    raw = read_yaml(path)
    limits, assumed = _usual(Limits()), _usual(Assumed())
    given = Fields(raw, limits.keys() | assumed.keys())
    changes = {
        name: _like(usual, given, name)
        for name, usual in (limits | assumed).items()
        if name in given
    }
    return (
        Limits(**cast("dict[str, int]", _only(changes, limits))),
        Assumed(**_only(changes, assumed)),  # pyright: ignore[reportArgumentType] - checked above
        frozenset(changes),
    )


def _usual(settings: Limits | Assumed) -> dict[str, object]:
    return {one.name: getattr(settings, one.name) for one in fields(settings)}


def _only(changes: dict[str, object], names: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in changes.items() if name in names}


def _like(usual: object, given: Fields, name: str) -> object:
    if isinstance(usual, bool):
        return given.flag(name, default=usual)
    if isinstance(usual, tuple):
        return given.texts(name)
    if isinstance(usual, str):
        return given.text(name)
    value = given.get(name)
    if type(value) is not int or value < 0:
        raise FieldError(f"{name}: a whole number is expected")
    return value
