"""Organisations in REST: `/rs/orgs/{oid}`, the links to them and the roles in them.

Source: esia-protocol.md §5.1, §5.3. Everybody here who belongs to one heads it.
"""

from typing import Final

from esia_sim import identifiers
from esia_sim.people import Organisation, Person

_OPEN: Final = "usr_org"


def of(person: Person) -> list[Organisation]:
    """List the organisations of a person."""
    return [person.organisation] if person.organisation else []


def described(organisation: Organisation, granted: frozenset[str]) -> dict[str, object]:
    """Describe an organisation as far as the scopes reach; absent values are None."""
    facts: dict[str, object] = {
        "stateFacts": ["Identifiable"],
        "oid": organisation.oid,
        "ogrn": organisation.ogrn,
        "inn": organisation.inn,
        "leg": "",
        "isLiquidated": False,
    }
    by_scope: dict[str, dict[str, object]] = {
        "org_shortname": {"shortName": organisation.short_name or organisation.name},
        "org_fullname": {"fullName": organisation.name},
        "org_type": {"type": organisation.kind},
        "org_kpp": {"kpp": organisation.kpp},
    }
    for scope, values in by_scope.items():
        if scope in granted:
            facts |= values
    return facts


def role(person: Person, organisation: Organisation) -> dict[str, object]:
    """Describe what a person is in an organisation."""
    return {
        "oid": organisation.oid,
        "prnOid": person.oid,
        "fullName": organisation.name,
        "shortName": organisation.short_name or organisation.name,
        "ogrn": organisation.ogrn,
        "type": organisation.kind,
        "chief": True,
        "admin": False,
        "phone": identifiers.esia_phone(person.phone) if person.phone else None,
        "email": person.email,
        "active": True,
        "hasRightOfSubstitution": True,
        "hasApprovalTabAccess": False,
        "isLiquidated": False,
    }


def opened(
    organisation: Organisation,
    person: Person | None,
    scopes: frozenset[str],
    of_organisations: dict[str, frozenset[str]],
) -> frozenset[str] | None:
    """Return the scopes that a token opens of an organisation, None when it opens nothing.

    `of_organisations` holds, by oid, what the token names of each; `scopes` is for her own.
    """
    granted = of_organisations.get(str(organisation.oid), frozenset())
    if person and _OPEN in scopes and organisation in of(person):
        return granted | {_OPEN}
    return granted or None
