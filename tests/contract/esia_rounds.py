"""A round of our gateway against a running simulator."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx

from esia_sim.remote import Esia
from zdrav29_app.gateways import esia as gateway
from zdrav29_app.gateways.esia_client import EsiaClient
from zdrav29_app.identity import EsiaPerson


def fetch(client: EsiaClient, code: str) -> EsiaPerson:
    with ThreadPoolExecutor(1) as pool:  # Playwright keeps a loop in the thread of the tests
        person, _ = pool.submit(asyncio.run, gateway.fetch_person(client, code)).result()
    return person


def answer_of(stand: Esia, client: EsiaClient, person: str) -> dict[str, str]:
    """What ESIA gives a browser in which this person is signed in and has agreed."""
    cookie = stand.sign_in(person)
    url = gateway.authorization_url(client, str(uuid4()))
    response = httpx.get(url, headers={"Cookie": f"{cookie['name']}={cookie['value']}"})
    query = parse_qs(urlsplit(response.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}
