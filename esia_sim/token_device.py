"""The token in a person's hand (учебный токен): it signs a challenge when the PIN is right.

It knows nothing of the server that checks: the two exchange bytes only.
"""

from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from esia_sim.authority import Credential

PIN: Final = "12345678"


def sign(credential: Credential, challenge: bytes) -> bytes:
    """Sign a challenge: CMS SignedData (DER) with the certificate and the challenge inside."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(challenge)
    builder = builder.add_signer(credential.certificate, credential.key, hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
