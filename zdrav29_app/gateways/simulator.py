"""The simulator's control calls, for the demo controls only: who its people are."""

from datetime import date
from typing import Any

import httpx

from zdrav29_app.errors import EsiaSilent, NotFound
from zdrav29_app.values import EsiaPerson, Gender, OmsNumber, Phone

TIMEOUT = httpx.Timeout(5)


async def fetch_person(esia_url: str, key_or_oid: str) -> EsiaPerson:
    """A person of the simulator, by key or oid, as signing in would bring her.

    Raises:
        NotFound: nobody has this key or oid.
        EsiaSilent: the simulator cannot be reached.
    """
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            answer = await client.get(f"{esia_url}/_sim/people/{key_or_oid}")
    except httpx.HTTPError as error:
        raise EsiaSilent(type(error).__name__) from None
    if answer.is_error:
        raise NotFound
    return _person(answer.json())


def _person(facts: Any) -> EsiaPerson:
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
    )
