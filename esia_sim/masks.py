"""Takes the secrets out of what came and went over HTTP: addresses, headers, forms, JSON."""

import json
import re
from collections.abc import Iterable
from typing import Any, Final, cast
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

MASK: Final = "<masked>"
Pairs = list[tuple[str, str]]
_LONGEST: Final = 500
_DEEPEST: Final = 20
_SECRETS: Final = frozenset(
    {
        "client_secret", "code", "refresh_token", "access_token", "id_token", "password", "token",
        "code_verifier", "pin", "secret", "repeat", "key", "old_password", "new_password",
        "id_token_hint",
    }
)  # fmt: skip
_SECRET_HEADER: Final = re.compile("auth|cookie|key|password|secret|session|token")
_ERROR_CODE: Final = re.compile(r"[A-Z]+-\d+")
_COOKIE: Final = re.compile(r"^([^=;]+=)[^;\"]+")  # one that is taken back is empty: ""
_SECRET_PATH: Final = re.compile("((?:/w/[^/]+)?/(?:email|recovery/link|qr)/).+")
_TOKEN: Final = re.compile(r"eyJ[\w-]{8,}(\.[\w-]*){0,2}")


def masked_pairs(params: Iterable[tuple[str, str]]) -> Pairs:
    """Return parameters without their secrets, each cut to a bearable length."""
    return [
        (name[:_LONGEST], MASK if name in _SECRETS and value else _without_tokens(value))
        for name, value in params
    ]


def masked_address(address: str) -> str:
    """Return an address without the secrets in its query; in paths a long last part is one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return MASK
    query = urlencode(masked_pairs(parse_qsl(parts.query)), safe="<>:/ ")
    return urlunsplit((parts.scheme, parts.netloc, masked_path(parts.path), query, ""))


def masked_path(path: str) -> str:
    """Return a path without the secret that a link of a letter ends with."""
    found = _SECRET_PATH.fullmatch(path)
    return found[1] + MASK if found else path[:_LONGEST]


def masked_headers(raw: Iterable[tuple[bytes, bytes]]) -> Pairs:
    """Return headers as they are sent, but for what is secret in their values."""
    pairs = ((name.decode("latin-1"), value.decode("latin-1")) for name, value in raw)
    return [(name, _masked_header(name.lower(), value)) for name, value in pairs]


def masked_json(raw: bytes) -> str | None:
    """Return a JSON text without its secrets; None when it is none."""
    try:
        found: object = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return json.dumps(_masked_value(found, _DEEPEST), ensure_ascii=False)


def _masked_header(name: str, value: str) -> str:
    match name:
        case "authorization" | "proxy-authorization":
            return f"{value.partition(' ')[0]} {MASK}" if " " in value else MASK
        case "cookie":
            names = (one.partition("=")[0].strip() for one in value.split(";"))
            return "; ".join(f"{one}={MASK}" for one in names)
        case "set-cookie":
            return _COOKIE.sub(f"\\1{MASK}", value)[:_LONGEST]
        case "location" | "referer" | "content-location":
            return masked_address(value)
        case "www-authenticate":
            return _without_tokens(value)
        case _:
            return MASK if _SECRET_HEADER.search(name) else _without_tokens(value)


def _masked_value(value: object, depth: int) -> object:
    if not depth:
        return MASK
    if isinstance(value, dict):
        known = cast("dict[str, Any]", value)
        return {name: _masked_field(name, one, depth - 1) for name, one in known.items()}
    if isinstance(value, list):
        return [_masked_value(one, depth - 1) for one in cast("list[Any]", value)]
    return _TOKEN.sub(MASK, value) if isinstance(value, str) else value


def _masked_field(name: str, value: object, depth: int) -> object:
    # the code of an error is called like the code of a sign-in
    is_error = name == "code" and isinstance(value, str) and _ERROR_CODE.fullmatch(value)
    if name in _SECRETS and value and not is_error:
        return MASK
    return _masked_value(value, depth)


def _without_tokens(text: str) -> str:
    return _TOKEN.sub(MASK, text)[:_LONGEST]
