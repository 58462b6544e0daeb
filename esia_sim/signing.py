"""The keys that sign ESIA's tokens, RSA and GOST, and tokens written and read with them.

Source: esia-protocol.md §3.3, §3.4: the header has `ver` and `sbt` and no `kid`;
slashes are escaped; a GOST signature is the 64 raw bytes.
"""

import base64
import json
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Final, cast

from esia_sim.clients import TokenAlg
from esia_sim.clock import Clock
from esia_sim.token_keys import TokenKey, load_key, make_key, save_key


class TokenError(Exception):
    """A token was not written by this stand, or is damaged."""


class TokenKeys:
    """One key per algorithm, and the old ones while tokens of theirs may still be about."""

    def __init__(self, folder: Path | None, clock: Clock, *, seed: str | None = None) -> None:
        """Read the keys of a folder; without one each is made when needed, of a seed if given."""
        self._folder, self._clock, self._seed = folder, clock, seed
        self._made: Counter[TokenAlg] = Counter()
        self._old: list[tuple[datetime, TokenKey]] = []
        self._current: dict[TokenAlg, TokenKey] = {}
        # clients read the certificates from the folder before they have seen a token
        for alg in TokenAlg if folder else ():
            self.current(alg)

    def current(self, alg: TokenAlg) -> TokenKey:
        """Return the key that signs now."""
        if alg not in self._current:
            self._current[alg] = self._first(alg)
        return self._current[alg]

    def _first(self, alg: TokenAlg) -> TokenKey:
        if self._folder:
            return load_key(self._folder, alg, now=self._clock.now())
        return self._new(alg)

    def _new(self, alg: TokenAlg) -> TokenKey:
        self._made[alg] += 1
        seed = None if self._seed is None else f"{self._seed}:{alg}:{self._made[alg]}"
        return make_key(alg, now=self._clock.now(), seed=seed)

    def published(self, *algs: TokenAlg) -> list[TokenKey]:
        """Return every key, or those of some algorithms, that may verify now; the old ones last."""
        now = self._clock.now()
        self._old = [(until, key) for until, key in self._old if until > now]
        wanted = algs or tuple(TokenAlg)
        old = (key for _, key in self._old if key.alg in wanted)
        return [*(self.current(alg) for alg in wanted), *old]

    def rotate(self, *, overlap_seconds: int) -> None:
        """Make new keys; tokens of the old ones are good for so long still."""
        now = self._clock.now()
        until = now + timedelta(seconds=overlap_seconds)
        for alg in TokenAlg:
            old = self.current(alg)
            self._old.append((until, old))
            self._current[alg] = self._new(alg)
            if self._folder:
                save_key(self._folder, self._current[alg], old=old)

    def write(
        self, kind: str, claims: dict[str, object], alg: TokenAlg, *, named: bool = False
    ) -> str:
        """Sign claims as a JWT; `kind` is ESIA's `sbt`: access, id or authorization_code.

        `named` writes the header of the standard, with the key's id, which ESIA itself does not.
        """
        key = self.current(alg)
        header = _named_header(alg, key.id) if named else _header(alg, kind)
        return _signed(key, f"{header}.{_part(claims)}")

    def write_beside(
        self, kind: str, claims: dict[str, object], alg: TokenAlg
    ) -> Callable[[], str]:
        """The same while another token is being written: OpenSSL needs no lock of Python's.

        Returns:
            What waits for the token and gives it.
        """
        return _begin(self.current(alg), f"{_header(alg, kind)}.{_part(claims)}")

    def read(self, kind: str | None, token: str) -> dict[str, object]:
        """Return the claims of a token of ours; its lifetime is the caller's business.

        `kind` None is the id_token with the header of the standard, which names no kind.

        Raises:
            TokenError: not ours, or of another kind.
        """
        signed, _, signature = token.rpartition(".")
        header_text, _, claims_text = signed.partition(".")
        header, claims = _object(header_text), _object(claims_text)
        if header.get("sbt") != kind:
            raise TokenError
        raw, given = signed.encode(), _bytes(signature)
        keys = (key for key in self._verifying() if key.alg == header.get("alg"))
        if not any(key.verify(raw, given) for key in keys):
            raise TokenError
        return claims

    def _verifying(self) -> list[TokenKey]:
        now = self._clock.now()
        return [*self._current.values(), *(key for until, key in self._old if until > now)]


_Answer = SimpleQueue[str | Exception]


@cache
def _signer() -> SimpleQueue[tuple[TokenKey, str, _Answer]]:
    # queues instead of an executor, whose futures take their locks at every token
    asked = SimpleQueue[tuple[TokenKey, str, _Answer]]()
    Thread(target=_sign_all, args=(asked,), name="signing", daemon=True).start()
    return asked


def _sign_all(asked: SimpleQueue[tuple[TokenKey, str, _Answer]]) -> None:
    while True:
        key, text, answer = asked.get()
        try:
            answer.put(_signed(key, text))
        except Exception as error:  # noqa: BLE001  whoever waits has to hear of it
            answer.put(error)


def _begin(key: TokenKey, text: str) -> Callable[[], str]:
    answer = _Answer()
    _signer().put((key, text, answer))

    def finish() -> str:
        signed = answer.get()
        if isinstance(signed, Exception):
            raise signed
        return signed

    return finish


def _signed(key: TokenKey, text: str) -> str:
    return f"{text}.{_base64url(key.sign(text.encode()))}"


@lru_cache
def _header(alg: TokenAlg, kind: str) -> str:
    return _part({"ver": 1, "typ": "JWT", "sbt": kind, "alg": alg})


@lru_cache
def _named_header(alg: TokenAlg, kid: str) -> str:
    return _part({"typ": "JWT", "alg": alg, "kid": kid})


_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))


def _part(facts: dict[str, object]) -> str:
    return _base64url(_ENCODER.encode(facts).replace("/", "\\/").encode())


def _object(part: str) -> dict[str, object]:
    try:
        found: object = json.loads(_bytes(part))
    except (ValueError, RecursionError) as error:
        raise TokenError from error
    if not isinstance(found, dict):
        raise TokenError
    return cast("dict[str, object]", found)


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError as error:
        raise TokenError from error
