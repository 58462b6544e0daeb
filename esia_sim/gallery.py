"""The gallery of spoilt tokens: each right but for one thing, and what an application must do.

Each is a change of a good token; both tokens of an answer are changed alike where both have the
thing. Sources: RFC 7515, RFC 7519, RFC 8725 and OpenID Connect Core §3.1.3.7.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from esia_sim import spoilt_claims, spoilt_forms, spoilt_keys
from esia_sim.control_calls import check_query
from esia_sim.spoil import Draft

Change = Callable[[Draft], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One spoilt token; `must` is what a correct application does, in a sentence."""

    name: str
    group: str
    accept: bool
    must: str
    change: Change

    def as_json(self) -> dict[str, object]:
        """Describe the entry to a control call."""
        return {
            "name": self.name,
            "group": self.group,
            "verdict": "accept" if self.accept else "refuse",
            "must": self.must,
        }


def _entries() -> dict[str, Entry]:
    groups = {
        "addressee and issuer": spoilt_claims.ADDRESSES,
        "person": spoilt_claims.PERSONS,
        "time": spoilt_claims.TIMES,
        "missing claim": spoilt_claims.MISSING,
        "key and algorithm": spoilt_keys.KEYS,
        "header": spoilt_keys.HEADERS,
        "form": spoilt_forms.FORMS,
    }
    refused = {
        name: Entry(name, group, False, must, change)  # noqa: FBT003 - read beside its field
        for group, entries in groups.items()
        for name, (must, change) in entries.items()
    }
    accepted = {
        name: Entry(name, "harmless", True, must, change)  # noqa: FBT003 - as above
        for name, (must, change) in spoilt_forms.HARMLESS.items()
    }
    return refused | accepted


GALLERY: Final[dict[str, Entry]] = _entries()


async def show(request: Request) -> Response:
    """List the spoilt tokens, by name, and what a correct application must do with each."""
    check_query(request, ())
    return JSONResponse({"gallery": [entry.as_json() for entry in GALLERY.values()]})
