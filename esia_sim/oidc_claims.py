"""What a client of kind `oidc` is told: the claims of OpenID Connect Core. An extension of ours.

ESIA itself has no nonce, no string `sub` and no userinfo (esia-protocol.md §3.4).
"""

from typing import Final

from esia_sim import identifiers
from esia_sim.people import Address, Person

# The scopes of OIDC by what they open in ESIA's terms.
SCOPES: Final = {
    "profile": ("fullname", "birthdate", "gender"),
    "email": ("email",),
    "phone": ("mobile",),
    "address": ("addresses",),
}
# Ways in by their registered names, a list in the standard (RFC 8176 §2).
METHODS: Final = {"PWD": ["pwd"], "DS": ["sc"]}
_GENDERS: Final = {"F": "female", "M": "male"}


def translate(scope: str) -> str:
    """Return a scope in ESIA's terms; what OIDC does not know stays as it is."""
    names = [part for name in scope.split() for part in SCOPES.get(name, (name,))]
    return " ".join(dict.fromkeys(names))


def subject(person: Person) -> str:
    """Return `sub`: the oid as a string, as the standard wants it."""
    return str(person.oid)


def userinfo(person: Person, granted: frozenset[str]) -> dict[str, object]:
    """Describe a person as far as these scopes of ESIA reach; absent values are left out."""
    by_scope: dict[str, dict[str, object]] = {
        "fullname": {
            "name": " ".join(filter(None, (person.last_name, person.short_name))),
            "given_name": person.first_name,
            "family_name": person.last_name,
            "middle_name": person.middle_name,
        },
        "birthdate": {"birthdate": person.birth_date.isoformat()},
        "gender": {"gender": _GENDERS[person.gender]},
        "email": {
            "email": person.email,
            "email_verified": person.email_verified if person.email else None,
        },
        "mobile": {
            "phone_number": identifiers.show_phone(person.phone) if person.phone else None,
            "phone_number_verified": True if person.phone else None,
        },
        "addresses": {"address": _address(person)},
    }
    facts: dict[str, object] = {"sub": subject(person)}
    for scope, values in by_scope.items():
        if scope in granted:
            facts |= {name: value for name, value in values.items() if value is not None}
    return facts


def _address(person: Person) -> dict[str, str] | None:
    """Where the person lives, or else is registered (OpenID Connect Core §5.1.1)."""
    one = min(person.addresses, key=_lived_in_first, default=None)
    if one is None:
        return None
    return {
        "formatted": f"{one.zip_code}, {one.line}",
        "street_address": one.in_city,
        "locality": one.city,
        "region": one.region,
        "postal_code": one.zip_code,
        "country": "Россия",
    }


def _lived_in_first(address: Address) -> bool:
    return address.type != "PLV"
