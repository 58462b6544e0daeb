"""What belongs to an organisation in REST: contacts, addresses, branches, employees, groups.

Source: shared/reference/esia-protocol.md §1.3, §5.1. The JSON of employees is an assumption; the
organisations of a stand have no contacts, addresses, branches or groups, so those are empty.
"""

from typing import Final

from esia_sim import organisations
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
    if path != EMPLOYEES:
        return []
    return [
        {"stateFacts": ["Identifiable"], "oid": one.oid, "prnOid": one.oid, "chief": True}
        for one in world.people.values()
        if organisation in organisations.of(one)
    ]
