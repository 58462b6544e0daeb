"""The requests of a tape as an HTTP Archive (HAR 1.2), which browsers and viewers open.

Sizes that are not known are -1, as the format wants it. Times are those of the world's clock, and
nothing takes any, so that the same seed writes the same file.
"""

from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import urlencode

from esia_sim.exchange import Exchange
from esia_sim.masks import MASK, Pairs
from esia_sim.tape import Entry

_UNKNOWN: Final = -1
Json = dict[str, object]


def written(base_url: str, entries: list[Entry]) -> Json:
    """Return the archive; entries that are no requests are left out."""
    requests = [_entry(base_url, one, one.exchange) for one in entries if one.exchange]
    creator = {"name": "esia_sim", "version": "1"}
    return {"log": {"version": "1.2", "creator": creator, "pages": [], "entries": requests}}


def _entry(base_url: str, entry: Entry, exchange: Exchange) -> Json:
    return {
        "startedDateTime": entry.at.isoformat(),
        "time": 0,
        "request": _request(base_url, entry, exchange),
        "response": _response(entry, exchange),
        "cache": {},
        "timings": {"send": 0, "wait": 0, "receive": 0},
        "comment": f"{entry.sign_in or ''} {entry.person or ''}".strip(),
    }


def _request(base_url: str, entry: Entry, exchange: Exchange) -> Json:
    query = f"?{urlencode(exchange.query)}" if exchange.query else ""
    asked: Json = {
        "method": entry.facts["method"],
        "url": f"{base_url}{entry.facts['path']}{query}",
        "httpVersion": exchange.http_version,
        "cookies": _cookies_sent(exchange.asked),
        "headers": _named(exchange.asked),
        "queryString": _named(exchange.query),
        "headersSize": _UNKNOWN,
        "bodySize": _size(exchange.asked, otherwise=0),
    }
    if exchange.form is not None:
        kind = _header(exchange.asked, "content-type")
        asked["postData"] = {"mimeType": kind, "params": _named(exchange.form)}
    return asked


def _response(entry: Entry, exchange: Exchange) -> Json:
    status, outcome = entry.facts["status"] or 0, entry.facts["outcome"]
    known = {int(one): one.phrase for one in HTTPStatus}
    content: Json = {
        "size": exchange.size,
        "mimeType": _header(exchange.answered, "content-type") or "x-unknown",
    }
    if exchange.text is not None:
        content["text"] = exchange.text
    return {
        "status": status,
        "statusText": str(outcome or known.get(int(str(status)), "")),
        "httpVersion": exchange.http_version,
        "cookies": _cookies_set(exchange.answered),
        "headers": _named(exchange.answered),
        "content": content,
        "redirectURL": entry.facts["location"] or "",
        "headersSize": _UNKNOWN,
        "bodySize": exchange.size,
    }


def _named(pairs: Pairs) -> list[Json]:
    return [{"name": name, "value": value} for name, value in pairs]


def _header(headers: Pairs, wanted: str) -> str:
    return next((value for name, value in headers if name.lower() == wanted), "")


def _size(headers: Pairs, *, otherwise: int) -> int:
    said = _header(headers, "content-length")
    return int(said) if said.isdecimal() else otherwise


def _cookies_sent(headers: Pairs) -> list[Json]:
    names = [one.partition("=")[0] for one in _header(headers, "cookie").split("; ")]
    return [{"name": name, "value": MASK} for name in names if name]


def _cookies_set(headers: Pairs) -> list[Json]:
    lines = [value for name, value in headers if name.lower() == "set-cookie"]
    return [cookie for line in lines for cookie in _cookie(line)]


def _cookie(line: str) -> list[Json]:
    try:
        known = SimpleCookie(line)
    except CookieError:
        return []
    return [
        {
            "name": name,
            "value": one.value,
            "path": one["path"],
            "httpOnly": bool(one["httponly"]),
            "secure": bool(one["secure"]),
        }
        for name, one in known.items()
    ]
