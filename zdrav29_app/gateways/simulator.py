"""The simulator's control calls, for the demo controls only: who its people are."""

from datetime import date
from typing import Any

import httpx

from zdrav29_app import spans
from zdrav29_app.errors import EsiaSilent, NotFound
from zdrav29_app.gateways.trust import trusted
from zdrav29_app.identity import AddressKind, EsiaPerson, Passport
from zdrav29_app.values import Gender, OmsNumber, Phone

TIMEOUT = httpx.Timeout(5)


async def fetch_person(esia_url: str, key_or_oid: str, *, key: str = "") -> EsiaPerson:
    """A person of the simulator with her children, by key or oid, as signing in would bring her.

    `key` is what the simulator asks for beyond loopback.

    Raises:
        NotFound: nobody has this key or oid.
        EsiaSilent: the simulator cannot be reached.
    """
    try:
        async with httpx.AsyncClient(
            base_url=esia_url, timeout=TIMEOUT, headers=_headers(key), verify=trusted()
        ) as client:
            with spans.call("GET", esia_url):
                facts = await _facts(client, key_or_oid)
                children = [_person(await _facts(client, child)) for child in facts["children"]]
    except httpx.HTTPError as error:
        raise EsiaSilent(type(error).__name__) from None
    return _person(facts, tuple(children))


async def reset(esia_url: str, key: str) -> None:
    """Make the people of the simulator as new.

    Raises:
        EsiaSilent: the simulator cannot be reached, or refuses the key.
    """
    try:
        async with httpx.AsyncClient(
            base_url=esia_url, timeout=TIMEOUT, verify=trusted()
        ) as client:
            with spans.call("POST", esia_url):
                answer = await client.post("/_sim/reset", headers=_headers(key))
    except httpx.HTTPError as error:
        raise EsiaSilent(type(error).__name__) from None
    if answer.is_error:
        raise EsiaSilent(f"HTTP {answer.status_code}")


def _headers(key: str) -> dict[str, str]:
    return {"X-Sim-Key": key} if key else {}


async def _facts(client: httpx.AsyncClient, key_or_oid: str) -> Any:
    answer = await client.get(f"/_sim/people/{key_or_oid}")
    if answer.is_error:
        raise NotFound
    return answer.json()


def _person(facts: Any, children: tuple[EsiaPerson, ...] = ()) -> EsiaPerson:
    policies = [one["number"] for one in facts["documents"] if one["type"] == "MDCL_PLCY"]
    return EsiaPerson(
        oid=facts["oid"],
        trusted=facts["level"] == "confirmed",
        last_name=facts["last_name"],
        first_name=facts["first_name"],
        middle_name=facts["middle_name"],
        birth_date=date.fromisoformat(facts["birth_date"]),
        gender=Gender(facts["gender"]),
        snils="".join(filter(str.isdigit, facts["snils"] or "")) or None,
        oms_number=OmsNumber.parse(policies[0]).digits if policies else None,
        phone=Phone.parse(facts["phone"]).e164 if facts["phone"] else None,
        email=facts["email"] if facts["email_verified"] else None,
        passport=_passport(facts["documents"]),
        addresses=tuple((AddressKind(one["type"]), _line(one)) for one in facts["addresses"]),
        children=children,
    )


def _passport(documents: Any) -> Passport | None:
    for one in documents:
        if one["type"] == "RF_PASSPORT":
            issued = date.fromisoformat(one["issue_date"]) if one["issue_date"] else None
            return Passport(f"{one['series']} {one['number']}", issued, one["issued_by"])
    return None


def _line(one: Any) -> str:
    flat = f"кв. {one['flat']}" if one["flat"] else ""
    place = (one["region"], one["city"], one["street"], f"д. {one['house']}", flat)
    return ", ".join(filter(None, place))
