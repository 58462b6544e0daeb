"""What belongs to an organisation in REST: contacts, addresses, branches, employees, groups.

Source: esia-protocol.md §1.3, §5.1. The JSON of employees and branches is an
assumption, and so are the types of contacts and addresses; there are no groups.
"""

from typing import Final

from esia_sim import identifiers, organisations, person_items
from esia_sim.people import Organisation
from esia_sim.store import World

EMPLOYEES: Final = "emps"
_SCOPES: Final = {
    "ctts": "org_ctts",
    "addrs": "org_addrs",
    "brhs": "org_brhs",
    EMPLOYEES: "org_emps",
}


def is_known(path: str) -> bool:
    """Tell whether organisations have such a collection."""
    return path in _SCOPES


def is_open(granted: frozenset[str], path: str) -> bool:
    """Tell whether these scopes open a collection."""
    return _SCOPES[path] in granted


def items(world: World, organisation: Organisation, path: str) -> list[dict[str, object]]:
    """List a collection."""
    match path:
        case "ctts":
            return _contacts(organisation)
        case "addrs":
            return [person_items.address(one) for one in organisation.addresses]
        case "brhs":
            return [
                {"stateFacts": ["Identifiable"], "oid": one.oid, "name": one.name, "kpp": one.kpp}
                for one in organisation.branches
            ]
        case _:
            return [
                {"stateFacts": ["Identifiable"], "oid": one.oid, "prnOid": one.oid, "chief": True}
                for one in world.people.values()
                if organisation in organisations.of(one)
            ]


def _contacts(organisation: Organisation) -> list[dict[str, object]]:
    phone = identifiers.esia_phone(organisation.phone) if organisation.phone else None
    return [
        {
            "stateFacts": ["Identifiable"],
            "id": organisation.oid * 10 + place,
            "type": kind,
            "vrfStu": "NOT_VERIFIED",
            "value": value,
        }
        for place, (kind, value) in enumerate((("PHN", phone), ("EML", organisation.email)), 1)
        if value
    ]
