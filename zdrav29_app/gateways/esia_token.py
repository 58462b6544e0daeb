"""Verifies ESIA's tokens: signature, kind, issuer, addressee, lifetime.

ESIA departs from the standard in ways a strict library refuses: its headers carry `ver` and `sbt`,
`sub` is a number, the access token has neither `aud` nor `sub`, and there is no nonce.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from zdrav29_app.errors import TokenInvalid
from zdrav29_app.identity import Proof

LEEWAY_SECONDS = 60
_REGISTRY = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)


def verified(
    token: Mapping[str, Any], *, certificate: Path, issuer: str, client_id: str, now: datetime
) -> tuple[int, Proof]:
    """The oid of the person both tokens speak of, and how she proved herself.

    Raises:
        TokenInvalid: any of the checks fails.
    """
    key = _public_key(certificate)
    identity = _claims(token.get("id_token"), key, sbt="id", issuer=issuer, now=now)
    access = _claims(token.get("access_token"), key, sbt="access", issuer=issuer, now=now)
    oid = identity.get("sub")
    is_ours = identity.get("aud") == client_id and access.get("client_id") == client_id
    if not is_ours or type(oid) is not int or access.get("urn:esia:sbj_id") != oid:
        raise TokenInvalid
    return oid, _proof(identity)


def _proof(identity: Mapping[str, Any]) -> Proof:
    # an extension of the simulator; ESIA itself does not say, and then it counts as one
    factors = identity.get("urn:esia-sim:factors")
    return Proof(
        factors=factors if type(factors) is int else 1, by_signature=identity.get("amr") == "DS"
    )


def _claims(
    token: object, key: RSAKey, *, sbt: str, issuer: str, now: datetime
) -> Mapping[str, Any]:
    if not isinstance(token, str):
        raise TokenInvalid
    try:
        decoded = jwt.decode(token, key, registry=_REGISTRY)
    except (JoseError, ValueError):
        raise TokenInvalid from None
    claims = decoded.claims
    if decoded.header.get("sbt") != sbt or claims.get("iss") != issuer:
        raise TokenInvalid
    if not _is_current(claims, now.timestamp()):
        raise TokenInvalid
    return claims


def _is_current(claims: Mapping[str, Any], now: float) -> bool:
    begins, ends = claims.get("nbf"), claims.get("exp")
    if not isinstance(begins, int) or not isinstance(ends, int):
        return False
    return begins - LEEWAY_SECONDS <= now < ends + LEEWAY_SECONDS


def _public_key(certificate: Path) -> RSAKey:
    # read at each use: the simulator makes its key at its first start, ESIA rotates hers yearly
    public_key = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    pem = public_key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return RSAKey.import_key(pem)
