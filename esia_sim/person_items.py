"""What belongs to a person in REST: contacts, documents, addresses, children, vehicles.

Source: esia-protocol.md §5. The JSON of children is an assumption: ESIA's is not
published; they are written like persons, with documents of their own.
"""

from collections.abc import Iterable
from typing import Final

from esia_sim import identifiers, organisations, scopes
from esia_sim.people import Address, Document, Person, Vehicle
from esia_sim.store import World

_KID_DOCUMENTS: Final = {"kid_birth_cert_doc": ("BRTH_CERT",), "kid_medical_doc": ("MDCL_PLCY",)}


def is_open(granted: frozenset[str], path: str) -> bool:
    """Tell whether these scopes open a collection at all."""
    match path:
        case "addrs":
            return "addresses" in granted
        case "kids":
            return any(scope.startswith("kid_") for scope in granted)
        case "vhls":
            return "vehicles" in granted
        case "orgs" | "roles":
            return "usr_org" in granted
        case _:
            return bool(_types(granted, path))


def items(
    world: World, person: Person, granted: frozenset[str], path: str
) -> list[dict[str, object]]:
    """List a collection as far as the scopes open it; absent values are None."""
    match path:
        case "addrs":
            return [address(one) for one in person.addresses]
        case "kids":
            return [_kid(one, granted) for one in kids_of(world, person)]
        case "vhls":
            return [_vehicle(one) for one in person.vehicles]
        case "orgs":
            return [organisations.described(one, granted) for one in organisations.of(person)]
        case "roles":
            return [organisations.role(person, one) for one in organisations.of(person)]
        case "ctts":
            found: Iterable[dict[str, object]] = _contacts(world, person)
        case _:
            found = (_document(person, one) for one in person.documents)
    return [one for one in found if one["type"] in _types(granted, path)]


def kids_of(world: World, person: Person) -> list[Person]:
    """List the children that have an account of their own."""
    return [world.people[key] for key in person.children if key in world.people]


def documents_of_kid(kid: Person, granted: frozenset[str]) -> list[dict[str, object]]:
    """List a child's documents as far as the parent's scopes open them."""
    allowed = scopes.allowed_types(granted, _KID_DOCUMENTS)
    return [_document(kid, one) for one in kid.documents if one.type in allowed]


def _types(granted: frozenset[str], path: str) -> frozenset[str]:
    table = scopes.CONTACT_TYPES if path == "ctts" else scopes.DOCUMENT_TYPES
    return scopes.allowed_types(granted, table)


def _contacts(world: World, person: Person) -> list[dict[str, object]]:
    phone = identifiers.esia_phone(person.phone) if person.phone else None
    given = (("MBT", phone, True), ("EML", person.email, person.email_verified))
    return [
        {
            "stateFacts": ["Identifiable"],
            "id": person.oid * 10 + place,
            "type": kind,
            "vrfStu": "VERIFIED" if verified else "NOT_VERIFIED",
            "value": value,
        }
        | _pending(world, person, kind)
        for place, (kind, value, verified) in enumerate(given, 1)
        if value
    ]


def _pending(world: World, person: Person, kind: str) -> dict[str, object]:
    """Say what a contact is about to become, while its code has not been typed."""
    wanted = "phone" if kind == "MBT" else "email"
    for change in world.contact_changes:
        if (change.person_key, change.kind) == (person.key, wanted):
            value = identifiers.esia_phone(change.value) if wanted == "phone" else change.value
            return {
                "verifyingValue": value,
                "vrfValStu": "VERIFYING",
                "isCfmCodeExpired": False,
            }
    return {}


def _document(person: Person, document: Document) -> dict[str, object]:
    issued, expires = document.issue_date, document.expiry_date
    return {
        "stateFacts": ["EntityRoot"],
        "id": document.id,
        "type": document.type,
        "vrfStu": "NOT_VERIFIED" if person.level == "simplified" else "VERIFIED",
        "series": document.series,
        "number": document.number,
        "issueDate": f"{issued:%d.%m.%Y}" if issued else None,
        "issueId": document.issue_id,
        "issuedBy": document.issued_by,
        "expiryDate": f"{expires:%d.%m.%Y}" if expires else None,
    }


def _vehicle(vehicle: Vehicle) -> dict[str, object]:
    return {
        "stateFacts": ["EntityRoot"],
        "id": vehicle.id,
        "name": vehicle.name,
        "numberPlate": vehicle.number_plate,
        "regCertificate": {"series": vehicle.series, "number": vehicle.number},
    }


def address(address: Address) -> dict[str, object]:
    """Describe an address."""
    return {
        "stateFacts": ["Identifiable"],
        "id": address.id,
        "type": address.type,
        "addressStr": address.line,
        "countryId": "RUS",
        "zipCode": address.zip_code,
        "region": address.region,
        "city": address.city,
        "street": address.street,
        "house": address.house,
        "flat": address.flat,
    }


def _kid(kid: Person, granted: frozenset[str]) -> dict[str, object]:
    facts: dict[str, object] = {"stateFacts": ["EntityRoot"], "id": kid.oid}
    by_scope: dict[str, dict[str, object]] = {
        "kid_fullname": {
            "firstName": kid.first_name,
            "lastName": kid.last_name,
            "middleName": kid.middle_name,
        },
        "kid_birthdate": {"birthDate": f"{kid.birth_date:%d.%m.%Y}"},
        "kid_gender": {"gender": kid.gender},
        "kid_snils": {"snils": kid.snils},
        "kid_inn": {"inn": kid.inn},
    }
    for scope, values in by_scope.items():
        if scope in granted:
            facts |= values
    return facts
