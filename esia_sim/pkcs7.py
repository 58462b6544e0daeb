"""What a PKCS#7 signature says, read from its DER as far as a check needs it.

The certificates inside and the attributes that nobody asks for are skipped unread: they take
longer than all the rest. Source: RFC 5652 §5.1, §5.3.
"""

# asn1crypto ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false, reportUnknownArgumentType=false
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from asn1crypto import core, parser

_SEQUENCE, _SET, _OID, _OCTETS, _PARTS_OF_OCTETS = 0x30, 0x31, 0x06, 0x04, 0x24
_TAGGED_0: Final = 0xA0
_UNIVERSAL, _CONSTRUCTED, _SET_TAG = 0, 1, 17


class _Piece(NamedTuple):
    """One element: its identifier octet and what is in it."""

    identifier: int
    contents: bytes


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature by one signer.

    OIDs are the contents of their DER. `content` is `None` in a detached signature. `attributes`
    is the SET whose DER is signed, `None` when the content itself is.
    """

    kind: bytes
    content: bytes | None
    digest: bytes
    method: bytes
    attributes: bytes | None
    signature: bytes

    def values_of(self, *attributes: bytes) -> list[list[bytes]]:
        """Return the contents of all values of these signed attributes, which OIDs name."""
        values: dict[bytes, list[bytes]] = {name: [] for name in attributes}
        for one in _pieces(_only(_pieces(self.attributes or b""), _SET)):
            name, held = _pieces(_of(one, _SEQUENCE))
            if (oid := _of(name, _OID)) in values:
                values[oid] += [value.contents for value in _pieces(_of(held, _SET))]
        return list(values.values())


def oid(dotted: str) -> bytes:
    """Return an object identifier as the contents of its DER."""
    return core.ObjectIdentifier(dotted).contents


_SIGNED_DATA: Final = oid("1.2.840.113549.1.7.2")


def read_signed(der: bytes) -> Signed:
    """Read SignedData.

    Raises:
        ValueError: it is damaged, something else, or has not exactly one signer.
    """
    name, held = _pieces(_only(_pieces(der), _SEQUENCE))
    if _of(name, _OID) != _SIGNED_DATA:
        raise ValueError("not SignedData")
    _, _, inside, *rest = _pieces(_only(_pieces(_of(held, _TAGGED_0)), _SEQUENCE))
    kind, *content = _pieces(_of(inside, _SEQUENCE))
    signer = _only(_pieces(_of(rest[-1], _SET)), _SEQUENCE)
    _, _, digest, *others = _pieces(signer)
    attributes = None
    if others[0].identifier == _TAGGED_0:
        attributes = others.pop(0).contents
    return Signed(
        kind=_of(kind, _OID),
        content=_octets(_pieces(_of(content[0], _TAGGED_0))) if content else None,
        digest=_algorithm(digest),
        method=_algorithm(others[0]),
        # what is signed is the SET itself, not the [0] that stands for it in the signer
        attributes=parser.emit(_UNIVERSAL, _CONSTRUCTED, _SET_TAG, attributes)
        if attributes
        else None,
        signature=_of(others[1], _OCTETS),
    )


def _pieces(contents: bytes) -> list[_Piece]:
    found: list[_Piece] = []
    while contents:
        element: Any = parser.parse(contents)  # its inferred type is wrong
        _, _, _, header, inside, trailer = element
        found.append(_Piece(header[0], inside))
        contents = contents[len(header) + len(inside) + len(trailer) :]
    return found


def _of(piece: _Piece, identifier: int) -> bytes:
    if piece.identifier != identifier:
        raise ValueError(f"{piece.identifier:#x} stands where {identifier:#x} is expected")
    return piece.contents


def _only(pieces: list[_Piece], identifier: int) -> bytes:
    if len(pieces) != 1:
        raise ValueError("exactly one is expected")
    return _of(pieces[0], identifier)


def _algorithm(piece: _Piece) -> bytes:
    return _of(_pieces(_of(piece, _SEQUENCE))[0], _OID)


def _octets(pieces: list[_Piece]) -> bytes:
    # who streams writes the content in parts
    if pieces[0].identifier == _PARTS_OF_OCTETS:
        return b"".join(_of(part, _OCTETS) for part in _pieces(pieces[0].contents))
    return _only(pieces, _OCTETS)
