"""Spoils the tokens of an answer in one thing, as the gallery describes it."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from esia_sim.clients import TokenAlg
from esia_sim.token_keys import TokenKey

if TYPE_CHECKING:
    from esia_sim.store import World

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A good token to spoil: `kind` is id or access, `text` the token as it was written."""

    world: "World"
    kind: str
    text: str
    header: Facts
    claims: Facts

    @property
    def key(self) -> TokenKey:
        """The key that signed it."""
        return self.world.keys.current(TokenAlg(self.header["alg"]))

    @property
    def now(self) -> int:
        """Seconds since 1970 by the clock of the world."""
        return int(self.world.clock.now().timestamp())

    def headed(self, **fields: object) -> "Draft":
        """Return it with other header fields."""
        return replace(self, header={**self.header, **fields})

    def claiming(self, fields: Facts) -> "Draft":
        """Return it with other claims."""
        return replace(self, claims={**self.claims, **fields})

    def signed(self, key: TokenKey | None = None) -> str:
        """Write it, signed with its own key or with another."""
        content = self.content()
        return f"{content}.{encoded((key or self.key).sign(content.encode()))}"

    def content(self) -> str:
        """Return what is signed: header and claims."""
        return ".".join(encoded(json.dumps(part).encode()) for part in (self.header, self.claims))


def encoded(raw: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def spoil(world: "World", answer: dict[str, Any], how: str) -> dict[str, Any]:
    """Return the answer of the token endpoint spoilt as an entry of the gallery says.

    Raises:
        KeyError: the gallery has no entry of this name.
    """
    from esia_sim.gallery import GALLERY  # noqa: PLC0415 - the gallery is made of drafts

    entry = GALLERY[how]
    kinds = {"id_token": "id", "access_token": "access"}
    changes = {
        name: entry.change(_draft(world, kind, answer[name]))
        for name, kind in kinds.items()
        if name in answer
    }
    return answer | changes


def _draft(world: "World", kind: str, text: str) -> Draft:
    header, claims, _ = text.split(".")
    return Draft(world, kind, text, _object(header), _object(claims))


def _object(part: str) -> Facts:
    return json.loads(base64.urlsafe_b64decode(part + "=="))
