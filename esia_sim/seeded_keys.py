"""RSA keys that follow from a seed: the same seed, the same key, and so the same signatures.

The library that signs cannot be given a seed, so the primes are found here (FIPS 186-5, appendix
A.1.3, with a seeded source). Such a key protects nothing; it signs the tokens of a test only.
"""

import random
from functools import lru_cache
from math import gcd
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from esia_sim.chance import number_of

_EXPONENT: Final = 65537
_KEY_BITS: Final = 2048
_PRIME_BITS: Final = 1024
_ROUNDS: Final = 5  # of Miller and Rabin: FIPS 186-5, table B.1, for primes of 1024 bits
_KEPT: Final = 64
_SMALL: Final = [n for n in range(3, 2000, 2) if all(n % d for d in range(3, int(n**0.5) + 1, 2))]


def rsa_key(seed: str | None) -> rsa.RSAPrivateKey:
    """Return the key of 2048 bits that belongs to a seed, or without one any."""
    if seed is None:
        return rsa.generate_private_key(public_exponent=_EXPONENT, key_size=_KEY_BITS)
    return _of_seed(seed)


def serial_number(seed: str | None) -> int:
    """Return the number of a certificate that belongs to a seed, or without one any."""
    return x509.random_serial_number() if seed is None else number_of(seed, 2**63)


@lru_cache(_KEPT)
def _of_seed(seed: str) -> rsa.RSAPrivateKey:  # half a second
    source = random.Random(seed)  # noqa: S311 - a key that has to be repeatable
    p, q = _prime(source), _prime(source)
    private = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=private,
        dmp1=private % (p - 1),
        dmq1=private % (q - 1),
        iqmp=pow(q, -1, p),
        public_numbers=rsa.RSAPublicNumbers(_EXPONENT, p * q),
    ).private_key()


def _prime(source: random.Random) -> int:
    # both upper bits are set, so that the product of two has all its 2048
    highest = 0b11 << (_PRIME_BITS - 2)
    while True:
        number = source.getrandbits(_PRIME_BITS) | highest | 1
        likely = all(number % small for small in _SMALL) and gcd(number - 1, _EXPONENT) == 1
        if likely and all(_passes(number, source) for _ in range(_ROUNDS)):
            return number


def _passes(number: int, source: random.Random) -> bool:
    odd, halvings = number - 1, 0
    while odd % 2 == 0:
        odd, halvings = odd // 2, halvings + 1
    power = pow(source.randrange(2, number - 1), odd, number)
    if power in {1, number - 1}:
        return True
    for _ in range(halvings - 1):
        power = power * power % number
        if power == number - 1:
            return True
    return False
