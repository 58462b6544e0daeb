"""ГОСТ Р 34.11-2012 (Streebog-256) and ГОСТ Р 34.10-2012 with keys of 256 bits.

gostcrypto does the arithmetic. Its byte order is not the one on the wire: a signature there is
`s‖r`, big-endian, as OpenSSL's gost engine writes it, and a digest is a little-endian number
(esia-protocol.md §2.2, §3.3; RFC 7091; RFC 9215).
"""

# gostcrypto ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
import hmac
import secrets
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from gostcrypto import gosthash
from gostcrypto.gostsignature import CURVES_R_1323565_1_024_2019 as PARAMETERS
from gostcrypto.gostsignature import MODE_256
from gostcrypto.gostsignature.gost_34_10_2012 import GOST34102012, GOSTSignatureError

from esia_sim.chance import number_of

SIZE: Final = 32
TC26_A: Final = "1.2.643.7.1.2.1.1.1"
_TC26_NAME: Final = "id-tc26-gost-3410-2012-256-paramSet"
# CryptoPro names the same sets otherwise, for signing (35) and for exchange (36).
_SETS: Final = {
    TC26_A: "A",
    "1.2.643.7.1.2.1.1.2": "B",
    "1.2.643.7.1.2.1.1.3": "C",
    "1.2.643.7.1.2.1.1.4": "D",
    "1.2.643.2.2.35.1": "B",
    "1.2.643.2.2.35.2": "C",
    "1.2.643.2.2.35.3": "D",
    "1.2.643.2.2.36.0": "B",
    "1.2.643.2.2.36.1": "D",
}
_REMEMBERED_POINTS: Final = 32


class GostError(ValueError):
    """A key or a parameter set is none that can be used."""


def streebog256(message: bytes) -> bytes:
    """Return the digest of a message, 32 bytes as OpenSSL prints them."""
    return bytes(gosthash.new("streebog256", data=bytearray(message)).digest())


class Curve(GOST34102012):
    """A curve of the library that inverts quickly and doubles each point only once."""

    def __init__(self, parameters: dict[str, int]) -> None:
        """Take a parameter set of the library."""
        super().__init__(MODE_256, parameters)
        self._doubled = lru_cache(_REMEMBERED_POINTS)(self._doublings)

    @property
    def order(self) -> int:
        """The order of the group: private keys lie below it."""
        return self._q

    def holds(self, x: int, y: int) -> bool:
        """Tell whether a point is one of this curve."""
        in_field = 0 < x < self._p and 0 < y < self._p
        return in_field and (y * y - x**3 - self._a * x - self._b) % self._p == 0

    @staticmethod
    def _invert(value: int, n_mod: int) -> int:
        return pow(value, -1, n_mod)

    def _mul_point(self, mul_value: int, x_op: int = -1, y_op: int = -1) -> tuple[int, int]:
        point = (x_op, y_op) if x_op > 0 else (self._x, self._y)
        x, y = point
        for place, (x_2, y_2) in enumerate(self._doubled(*point)):
            # as the library does it: k·P is P + (k - 1)·P
            if (mul_value - 1) >> place & 1:
                x, y = self._add(x, x_2, y, y_2)
        return x, y

    def _doublings(self, x: int, y: int) -> list[tuple[int, int]]:
        points = [(x, y)]
        for _ in range(8 * SIZE - 1):
            x, y = self._add(x, x, y, y)
            points.append((x, y))
        return points


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A point on a curve; `curve` is the OID of the parameter set."""

    curve: str
    x: int
    y: int

    def __post_init__(self) -> None:
        """Refuse what is no point of the curve.

        Raises:
            GostError: the set is unknown, or the point lies elsewhere.
        """
        if not curve(self.curve).holds(self.x, self.y):
            raise GostError("the key is no point of its curve")

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Tell whether the signature, 64 bytes `s‖r`, is of this key over this message."""
        if len(signature) != 2 * SIZE:
            return False
        point = bytearray(self.x.to_bytes(SIZE, "big") + self.y.to_bytes(SIZE, "big"))
        turned = bytearray(signature[SIZE:] + signature[:SIZE])
        try:
            return curve(self.curve).verify(point, _number(message), turned)
        except (GOSTSignatureError, ValueError):
            # chosen numbers can lead to a point at infinity, which the library does not know
            return False


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A number below the order of a curve; `curve` is the OID of the parameter set."""

    curve: str
    number: int

    @classmethod
    def generate(cls, curve_oid: str = TC26_A, *, seed: str | None = None) -> "PrivateKey":
        """Make a new key; a seed makes the same key each time."""
        end = curve(curve_oid).order - 1
        return cls(
            curve_oid, (secrets.randbelow(end) if seed is None else number_of(seed, end)) + 1
        )

    def public(self) -> PublicKey:
        """Return the public half."""
        point = bytes(curve(self.curve).public_key_generate(self._bytes()))
        halves = (int.from_bytes(half, "big") for half in (point[:SIZE], point[SIZE:]))
        return PublicKey(self.curve, *halves)

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message: 64 bytes `s‖r`."""
        digest = _number(message)
        signed = bytes(curve(self.curve).sign(self._bytes(), digest, self._nonce(digest)))
        return signed[SIZE:] + signed[:SIZE]

    def _nonce(self, digest: bytearray) -> bytearray:
        # of key and message, as RFC 6979 has it: never twice for two messages, and repeatable
        drawn = hmac.digest(self.number.to_bytes(SIZE, "big"), digest, "sha512")
        number = int.from_bytes(drawn, "big") % (curve(self.curve).order - 1) + 1
        return bytearray(number.to_bytes(SIZE, "big"))

    def _bytes(self) -> bytearray:
        return bytearray(self.number.to_bytes(SIZE, "big"))


@cache
def curve(oid: str) -> Curve:
    """Return the curve of a parameter set.

    Raises:
        GostError: the set is unknown.
    """
    if oid not in _SETS:
        raise GostError(f"unknown parameter set {oid}")
    return Curve(PARAMETERS[_TC26_NAME + _SETS[oid]])


def _number(message: bytes) -> bytearray:
    return bytearray(streebog256(message)[::-1])
