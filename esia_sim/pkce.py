"""PKCE: the code works only for whoever began the sign-in (RFC 7636).

Which methods ESIA knows is not published; by its neighbours S256 and two names for Streebog.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Final

from esia_sim.assumed import Assumed
from esia_sim.errors import Code, EsiaError
from esia_sim.gost import streebog256

CHALLENGE, METHOD, VERIFIER = "code_challenge", "code_challenge_method", "code_verifier"
_DIGESTS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "S256": lambda verifier: hashlib.sha256(verifier).digest(),
    "St256": streebog256,
    "GOST3411": streebog256,
}


def challenge_of(method: str, verifier: str) -> str:
    """Return the challenge that a verifier answers."""
    digest = _DIGESTS[method](verifier.encode())
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def check_challenge(params: Mapping[str, str], assumed: Assumed) -> None:
    """Check the challenge of an authorization request.

    Raises:
        EsiaError: ESIA-007003, the method is unknown or stands without a challenge.
    """
    method = params.get(METHOD, assumed.default_pkce_method)
    known = method in assumed.pkce_methods and method in _DIGESTS
    if not known or (METHOD in params and CHALLENGE not in params):
        raise EsiaError(Code.WRONG_PARAMETER)


def check_verifier(asked: Mapping[str, str], verifier: str | None, assumed: Assumed) -> None:
    """Check the verifier of a token request against what the authorization request said.

    Raises:
        EsiaError: ESIA-007039 when there was no challenge, ESIA-007014 when the verifier is
            missing, ESIA-007040 when they differ.
    """
    challenge = asked.get(CHALLENGE)
    if challenge is None:
        if verifier is not None:
            raise EsiaError(Code.NO_CHALLENGE)
        return
    if verifier is None:
        raise EsiaError(Code.MISSING, names=(VERIFIER,))
    right = challenge_of(asked.get(METHOD, assumed.default_pkce_method), verifier)
    if not hmac.compare_digest(right.encode(), challenge.encode()):
        raise EsiaError(Code.WRONG_VERIFIER)
