"""Spoilt signatures and headers: a token that somebody else could have written."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from esia_sim.clients import TokenAlg
from esia_sim.spoil import Draft, encoded
from esia_sim.spoilt_claims import Changes
from esia_sim.token_keys import TokenKey, make_key


@cache
def _foreign_key(alg: TokenAlg) -> TokenKey:
    return make_key(alg, now=datetime.now(UTC))


def _by_foreign_key(**header: object) -> Callable[[Draft], str]:
    return lambda draft: draft.headed(**header).signed(_foreign_key(draft.key.alg))


def _with_own_certificate(draft: Draft) -> str:
    key = _foreign_key(draft.key.alg)
    lines = key.certificate.decode().strip().splitlines()[1:-1]
    return draft.headed(x5c=["".join(lines)]).signed(key)


def _unsigned(name: str) -> Callable[[Draft], str]:
    return lambda draft: f"{draft.headed(alg=name).content()}."


def _by_secret(secret: Callable[[Draft], bytes], **header: object) -> Callable[[Draft], str]:
    def spoilt(draft: Draft) -> str:
        content = draft.headed(alg="HS256", **header).content()
        mac = hmac.digest(secret(draft), content.encode(), hashlib.sha256)
        return f"{content}.{encoded(mac)}"

    return spoilt


def _public_pem(draft: Draft) -> bytes:
    certificate = x509.load_pem_x509_certificate(draft.key.certificate)
    # the library cannot read GOST keys; then the whole certificate is as public
    if draft.key.alg is TokenAlg.GOST:
        return draft.key.certificate
    return certificate.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def _changed_signature(draft: Draft) -> str:
    content, _, signature = draft.text.rpartition(".")
    return f"{content}.{'B' if signature[0] == 'A' else 'A'}{signature[1:]}"


def _borrowed_signature(draft: Draft) -> str:
    content = draft.text.rpartition(".")[0]
    other = draft.claiming({"jti": "another"}).signed()
    return f"{content}.{other.rpartition('.')[2]}"


def _other_alg(draft: Draft) -> TokenAlg:
    return next(alg for alg in TokenAlg if alg is not draft.key.alg)


def _mixed(draft: Draft) -> str:
    return draft.headed(alg=_other_alg(draft)).signed(draft.key)


def _by_other_alg(draft: Draft) -> str:
    alg = _other_alg(draft)
    return draft.headed(alg=alg).signed(draft.world.keys.current(alg))


def _reversed_signature(draft: Draft) -> str:
    content = draft.content()
    return f"{content}.{encoded(draft.key.sign(content.encode())[::-1])}"


def _headed(**fields: object) -> Callable[[Draft], str]:
    return lambda draft: draft.headed(**fields).signed(draft.key)


def _swapped_kind(draft: Draft) -> str:
    return draft.headed(sbt="access" if draft.kind == "id" else "id").signed()


KEYS: Final[Changes] = {
    "signature": ("Refuse: the signature is not right.", _changed_signature),
    "signature_borrowed": ("Refuse: it is the signature of another token.", _borrowed_signature),
    "signature_reversed": (
        "Refuse: the bytes of the signature stand in the wrong order.",
        _reversed_signature,
    ),
    "foreign_key": ("Refuse: a key that you do not trust signed it.", _by_foreign_key()),
    "alg_none": ("Refuse: a token without a signature proves nothing.", _unsigned("none")),
    "alg_none_in_capitals": ("Refuse: it is `none` again, in other letters.", _unsigned("NoNe")),
    "alg_none_with_signature": (
        "Refuse: the header says that nothing is signed, whatever follows.",
        lambda draft: draft.headed(alg="none").signed(draft.key),
    ),
    "public_key_as_secret": (
        "Refuse: the algorithm is yours to choose; a public key is no secret.",
        _by_secret(_public_pem),
    ),
    "certificate_as_secret": (
        "Refuse: the algorithm is yours to choose; a certificate is no secret.",
        _by_secret(lambda draft: draft.key.certificate),
    ),
    "algorithms_mixed": ("Refuse: header and signature differ, RSA and GOST.", _mixed),
    "other_algorithm": (
        "Refuse: it is signed rightly, but not by the algorithm that you were registered for.",
        _by_other_alg,
    ),
    "alg_unknown": ("Refuse: nobody knows this algorithm.", _headed(alg="RS257")),
}
HEADERS: Final[Changes] = {
    "key_in_header": (
        "Refuse: a key that a token brings along proves nothing.",
        _by_foreign_key(jwk={"kty": "RSA", "e": "AQAB", "n": encoded(b"n" * 256)}),
    ),
    "certificate_in_header": (
        "Refuse: a certificate that a token brings along proves nothing.",
        _with_own_certificate,
    ),
    "key_address": (
        "Refuse, and fetch nothing: the address of the key comes from the token.",
        _by_foreign_key(jku="http://other.example/keys"),
    ),
    "kid_is_a_path": (
        "Refuse: the id of a key is no name of a file.",
        _by_secret(lambda _: b"", kid="../../../dev/null"),
    ),
    "kid_is_sql": (
        "Refuse: the id of a key is no part of a query.",
        _by_secret(lambda _: b"x", kid="' UNION SELECT 'x"),
    ),
    "critical_extension": (
        "Refuse: the header demands an extension that you do not know.",
        _headed(crit=["http://other.example/rule"], **{"http://other.example/rule": True}),
    ),
    "kind_swapped": ("Refuse: an access token is no id_token.", _swapped_kind),
    "kind_unknown": ("Refuse: it is a token of another kind.", _headed(sbt="refresh")),
    "version_unknown": ("Refuse: you do not know this version of tokens.", _headed(ver=99)),
}
