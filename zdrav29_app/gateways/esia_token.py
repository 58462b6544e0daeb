"""Verifies ESIA's tokens: signature, kind, issuer, addressee, lifetime.

ESIA departs from the standard in ways a strict library refuses: its headers carry `ver` and `sbt`,
`sub` is a number, the access token has neither `aud` nor `sub`, and there is no nonce.
"""

import base64
import json
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from zdrav29_app.errors import TokenInvalid
from zdrav29_app.gateways import gost
from zdrav29_app.identity import Proof

LEEWAY_SECONDS = 60
# base64url without padding: a second spelling of the same token is not let through
_FORM = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}")
_VERSION = 1
_GOST = "GOST3410_2012_256"
_GOST_KEY = "1.2.643.7.1.1.1.1"
_REGISTRY = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)


def verified(
    token: Mapping[str, Any], *, certificate: Path, issuer: str, client_id: str, now: datetime
) -> tuple[int, Proof]:
    """The oid of the person both tokens speak of, and how she proved herself.

    Raises:
        TokenInvalid: any of the checks fails.
    """
    # read at each use: the simulator makes its key at its first start, ESIA rotates hers yearly
    key = certificate.read_bytes()
    identity = _claims(token.get("id_token"), key, sbt="id", issuer=issuer, now=now)
    access = _claims(token.get("access_token"), key, sbt="access", issuer=issuer, now=now)
    oid = identity.get("sub")
    is_ours = identity.get("aud") == client_id and access.get("client_id") == client_id
    if not is_ours or type(oid) is not int or access.get("urn:esia:sbj_id") != oid:
        raise TokenInvalid
    if _subject(identity).get("urn:esia:sbj:oid", oid) != oid:
        raise TokenInvalid
    return oid, _proof(identity)


def _subject(identity: Mapping[str, Any]) -> Mapping[str, Any]:
    subject = identity.get("urn:esia:sbj", {})
    if not isinstance(subject, dict):
        raise TokenInvalid
    return cast("dict[str, Any]", subject)


def _proof(identity: Mapping[str, Any]) -> Proof:
    # an extension of the simulator; ESIA itself does not say, and then it counts as one
    factors = identity.get("urn:esia-sim:factors")
    return Proof(
        factors=factors if type(factors) is int else 1, by_signature=identity.get("amr") == "DS"
    )


def _claims(
    token: object, certificate: bytes, *, sbt: str, issuer: str, now: datetime
) -> Mapping[str, Any]:
    if not isinstance(token, str) or not _FORM.fullmatch(token):
        raise TokenInvalid
    try:
        header, claims = _opened(token, certificate)
    except (JoseError, ValueError, RecursionError):
        raise TokenInvalid from None
    # an extension that the header calls critical is one that we do not know
    if header.get("ver") != _VERSION or header.get("sbt") != sbt or "crit" in header:
        raise TokenInvalid
    if claims.get("iss") != issuer:
        raise TokenInvalid
    if not _is_current(claims, now.timestamp()):
        raise TokenInvalid
    return claims


def _is_current(claims: Mapping[str, Any], now: float) -> bool:
    begins, issued, ends = (claims.get(name) for name in ("nbf", "iat", "exp"))
    if not (isinstance(begins, int) and isinstance(issued, int) and isinstance(ends, int)):
        return False
    return max(begins, issued) - LEEWAY_SECONDS <= now < ends + LEEWAY_SECONDS


def _opened(token: str, certificate: bytes) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims; the kind of the certificate's key decides about the algorithm."""
    parsed = x509.load_pem_x509_certificate(certificate)
    if parsed.public_key_algorithm_oid.dotted_string == _GOST_KEY:
        return _opened_gost(token, certificate)
    pem = parsed.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    decoded = jwt.decode(token, RSAKey.import_key(pem), registry=_REGISTRY)
    return decoded.header, decoded.claims


def _opened_gost(token: str, certificate: bytes) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    content, _, signature = token.rpartition(".")
    header, claims = (_object(part) for part in content.split("."))
    proved = gost.verify(certificate, content.encode(), _bytes(signature))
    if header.get("alg") != _GOST or not proved:
        raise TokenInvalid
    return header, claims


def _object(part: str) -> Mapping[str, Any]:
    found = json.loads(_bytes(part))
    if not isinstance(found, dict):
        raise TokenInvalid
    return cast("dict[str, Any]", found)


def _bytes(part: str) -> bytes:
    return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
