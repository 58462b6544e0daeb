"""ESIA, the national identity provider (ЕСИА): authorize, exchange, and read the person.

Spoken by version 1 of its protocol (RSA) or version 2 (GOST). The tokens end their life in the
callback; nothing keeps them.
"""

import asyncio
import re
from collections.abc import Mapping
from typing import Any, cast
from uuid import uuid4

import httpx
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from zdrav29_app import clock, spans
from zdrav29_app.errors import ConsentDenied, EsiaRefused, EsiaSilent, TokenInvalid
from zdrav29_app.gateways import esia_person, esia_token
from zdrav29_app.gateways.esia_client import EsiaClient
from zdrav29_app.gateways.esia_signature import signed
from zdrav29_app.gateways.trust import trusted
from zdrav29_app.identity import EsiaPerson, Proof

SCOPES = (
    "openid fullname birthdate gender snils id_doc medical_doc email mobile addresses "
    "kid_fullname kid_birthdate kid_gender kid_snils kid_medical_doc"
)
TIMEOUT = httpx.Timeout(10, connect=3)
DENIED = "ESIA-007004"


def authorization_url(
    client: EsiaClient, state: str, *, way: str = "", steps_up: bool = False
) -> str:
    """Where to send the browser. `state` is a UUID that comes back with the answer.

    `way` opens that way in first, `steps_up` demands two factors; only the simulator knows them,
    ESIA itself would refuse.
    """
    extensions = {"esia_sim_way": way} if way else {}
    if steps_up:
        extensions["esia_sim_step_up"] = "1"
    url, _ = _session(client, state).create_authorization_url(
        client.authorize_url,
        state=state,
        access_type="online",
        **extensions,
        **_proof_of_us(client, state),
    )
    return url


def check_answer(answer: Mapping[str, str]) -> str:
    """The code in ESIA's answer to the browser.

    Raises:
        ConsentDenied: the person pressed «Отказать».
        EsiaRefused: ESIA answered with another error, or with nothing.
    """
    code = answer.get("code", "")
    if code and "error" not in answer:
        return code
    esia_code = _esia_code(answer.get("error_description", ""))
    raise ConsentDenied if esia_code == DENIED else EsiaRefused(esia_code)


async def fetch_person(client: EsiaClient, code: str) -> tuple[EsiaPerson, Proof]:
    """Exchange the code for a token and read who signed in, and how.

    Raises:
        EsiaRefused: ESIA refuses the code or the data.
        EsiaSilent: ESIA cannot be reached or answers nonsense.
        TokenInvalid: its token does not verify.
    """
    # the state of this request must differ from the one of the authorization
    state = str(uuid4())
    try:
        async with _session(client, state) as session:
            token = await _exchange(client, session, code, state)
            oid, proof = esia_token.verified(
                token,
                certificate=client.esia_certificate,
                issuer=client.issuer,
                client_id=client.client_id,
                now=clock.now(),
            )
            return await _read_person(client, session, oid), proof
    except OAuthError as refusal:
        raise EsiaRefused(_esia_code(refusal.description or "")) from None
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise EsiaSilent(type(error).__name__) from error


async def _exchange(client: EsiaClient, session: Any, code: str, state: str) -> Mapping[str, Any]:
    with spans.call("POST", client.token_url):
        token = await session.fetch_token(
            client.token_url,
            grant_type="authorization_code",
            code=code,
            token_type="Bearer",  # noqa: S106  the kind of token, not a secret
        )
    if token.get("state") != state:
        raise TokenInvalid
    return token


async def _read_person(client: EsiaClient, session: Any, oid: int) -> EsiaPerson:
    home = f"{client.url}/rs/prns/{oid}"
    collections = ("ctts", "docs", "addrs", "kids")
    person, (contacts, documents, addresses, kids) = await asyncio.gather(
        _get(session, home),
        asyncio.gather(*[_elements(session, f"{home}/{name}") for name in collections]),
    )
    policies = await asyncio.gather(
        *[_elements(session, f"{home}/kids/{int(kid['id'])}/docs") for kid in kids]
    )
    return esia_person.parse(
        oid,
        person=person,
        contacts=contacts,
        documents=documents,
        addresses=addresses,
        children=list(zip(kids, policies, strict=True)),
    )


async def _elements(session: Any, url: str) -> list[Any]:
    found = (await _get(session, url, {"embed": "(elements)"})).get("elements", [])
    if not isinstance(found, list):
        raise EsiaSilent
    return cast("list[Any]", found)


async def _get(session: Any, url: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
    with spans.call("GET", url):
        response = await session.get(url, params=params)
    if response.is_server_error:
        raise EsiaSilent
    if response.is_error:
        raise EsiaRefused(_esia_code(response.text))
    return response.json()


def _session(client: EsiaClient, state: str) -> Any:
    session: Any = AsyncOAuth2Client(
        client_id=client.client_id,
        redirect_uri=client.redirect_uri,
        scope=SCOPES,
        token_endpoint_auth_method="esia",  # noqa: S106  the name of a method
        timeout=TIMEOUT,
        follow_redirects=False,
        verify=trusted(),
    )

    def authenticate(_: object, method: str, uri: str, headers: Any, body: str) -> Any:
        del method
        asked = httpx.QueryParams(body)
        ours = {"client_id": client.client_id, "scope": SCOPES, "state": state}
        proof = _proof_of_us(client, state, code=asked["code"])
        return uri, headers, str(asked.merge({**ours, **proof}))

    session.register_client_auth_method(("esia", authenticate))
    return session


def _proof_of_us(client: EsiaClient, state: str, *, code: str = "") -> dict[str, str]:
    return signed(client, scope=SCOPES, state=state, code=code, moment=clock.now())


def _esia_code(text: str) -> str:
    found = re.search(r"ESIA-\d{6}", text)
    return found[0] if found else ""
