"""The parameter `permissions` of the Digital Profile (ЦПГ): base64url of a JSON array, checked.

Source: esia-protocol.md §4.1, §7. Which consent types exist is not published in
full: any name in capitals is taken for one.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from esia_sim.errors import Code, EsiaError

_NAME: Final = re.compile(r"[A-Z][A-Z0-9_]{0,99}")
_SCOPE: Final = re.compile(r"[a-z][a-z0-9_]{0,99}")
_ACTIONS: Final = frozenset({"ALL_ACTIONS_TO_DATA", "SHARE_DATA", "USE_DATA"})
_LONGEST: Final = 32_768
_LONGEST_NAME: Final = 200
_LONGEST_MINUTES: Final = 10 * 525_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One thing that the person is asked to agree to, for so many minutes.

    `kind`, `purpose`, `actions` and `scopes` are ESIA's own names (`sysname`).
    """

    kind: str
    purpose: str
    actions: tuple[str, ...]
    scopes: frozenset[str]
    minutes: int
    responsible: str


def asked_by(request: Mapping[str, str]) -> list[Permission]:
    """Return the permissions of an authorization request that was checked before."""
    items = _read(request["permissions"]) if "permissions" in request else []
    return [_permission(cast("Mapping[str, object]", item)) for item in items]


def check(text: str) -> None:
    """Check what the client asks the person to agree to.

    Raises:
        EsiaError: ESIA-0367xx by the part that is wrong.
    """
    items = _read(text)
    if not items:
        raise EsiaError(Code.NO_CONSENT_TYPE)
    for item in items:
        _check_one(item)


def _read(text: str) -> list[object]:
    if len(text) > _LONGEST:
        raise EsiaError(Code.NO_CONSENT_TYPE)
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        found: object = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise EsiaError(Code.NO_CONSENT_TYPE) from error
    return cast("list[object]", found) if isinstance(found, list) else []


def _check_one(raw: object) -> None:
    if not isinstance(raw, Mapping) or "sysname" not in raw:
        raise EsiaError(Code.NO_CONSENT_TYPE)
    item = cast("Mapping[str, object]", raw)
    if not _matches(_NAME, item["sysname"]):
        raise EsiaError(Code.UNKNOWN_CONSENT_TYPE)
    asked = _names(item, "scopes")
    if not asked:
        raise EsiaError(Code.NO_OBLIGATORY_SCOPE)
    if not all(_matches(_SCOPE, name) for name in asked):
        raise EsiaError(Code.PERMISSION_SCOPES)
    _check_actions_and_purposes(item)
    expire = item.get("expire")
    if type(expire) is not int or not 0 < expire <= _LONGEST_MINUTES:
        raise EsiaError(Code.WRONG_EXPIRE)


def _check_actions_and_purposes(item: Mapping[str, object]) -> None:
    actions, purposes = _names(item, "actions"), _names(item, "purposes")
    if not actions:
        raise EsiaError(Code.NO_ACTION)
    if not all(isinstance(name, str) and name in _ACTIONS for name in actions):
        raise EsiaError(Code.UNKNOWN_ACTION)
    if not purposes:
        raise EsiaError(Code.NO_PURPOSE)
    if len(purposes) > 1:
        raise EsiaError(Code.ONE_PURPOSE)
    if not _matches(_NAME, purposes[0]):
        raise EsiaError(Code.UNKNOWN_PURPOSE)


def _permission(item: Mapping[str, object]) -> Permission:
    responsible = item.get("responsibleObject")
    return Permission(
        kind=str(item["sysname"]),
        purpose=str(_names(item, "purposes")[0]),
        actions=tuple(str(name) for name in _names(item, "actions")),
        scopes=frozenset(str(name) for name in _names(item, "scopes")),
        minutes=cast("int", item["expire"]),
        responsible=responsible[:_LONGEST_NAME] if isinstance(responsible, str) else "",
    )


def _names(item: Mapping[str, object], field: str) -> list[object]:
    """Return the `sysname` of each part of a list; anything else counts as an unnamed part."""
    parts = item.get(field)
    if not isinstance(parts, list):
        return []
    given = cast("list[object]", parts)
    return [
        cast("Mapping[str, object]", part).get("sysname") if isinstance(part, Mapping) else None
        for part in given
    ]


def _matches(pattern: re.Pattern[str], name: object) -> bool:
    return isinstance(name, str) and pattern.fullmatch(name) is not None
