"""Our gateway against the simulator: the whole exchange, each fault, each spoilt token."""

import asyncio
import base64
import hmac
import json
import socket
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from joserfc import jws, jwt
from joserfc.jwk import RSAKey

from esia_sim import Config, run_in_thread
from esia_sim.clients import load_clients
from esia_sim.remote import Esia
from stand import keys
from tests.contract.esia_rounds import answer_of, fetch
from zdrav29_app.errors import ConsentDenied, EsiaRefused, EsiaSilent, TokenInvalid
from zdrav29_app.gateways import esia as gateway
from zdrav29_app.gateways import esia_token, simulator
from zdrav29_app.gateways.answers import answers
from zdrav29_app.gateways.esia_client import EsiaClient
from zdrav29_app.identity import AddressKind, EsiaPerson, Proof
from zdrav29_app.values import Gender

ISSUER = "http://esia-portal1.test.gosuslugi.ru/"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("esia")


@pytest.fixture(scope="module")
def stand(folder: Path) -> Iterator[Esia]:
    clients = load_clients(keys.prepare(folder))
    with run_in_thread(Config(clients=clients, data_dir=folder / "esia")) as running:
        yield running


@pytest.fixture
def client(stand: Esia, folder: Path) -> EsiaClient:
    return EsiaClient(
        url=stand.url,
        issuer=ISSUER,
        client_id="ZDRAV29",
        redirect_uri="http://localhost:2900/auth/esia/callback",
        key=folder / "keys" / "esia_client.key",
        certificate=folder / "keys" / "esia_client.crt",
        esia_certificate=folder / "esia" / "token.crt",
    )


def test_esia_is_up_when_it_answers_and_down_when_nobody_does(stand: Esia):
    with ThreadPoolExecutor(1) as pool, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        up, down = (pool.submit(asyncio.run, answers(url)) for url in (stand.url, dead))

        assert up.result()
        assert not down.result()


def test_a_person_is_read_as_esia_describes_her(stand: Esia, client: EsiaClient):
    code = gateway.check_answer(answer_of(stand, client, "anna"))

    person = fetch(client, code)

    assert person.oid == 1000000101
    assert person.trusted is True
    assert person.gender is Gender.FEMALE
    assert person.phone == "+79000000101"
    assert len(person.oms_number or "") == 16
    assert person.has_documents
    assert [kind for kind, _ in person.addresses] == [AddressKind.REGISTERED]


def test_children_come_with_their_policies(stand: Esia, client: EsiaClient):
    code = gateway.check_answer(answer_of(stand, client, "anna"))

    [boris] = fetch(client, code).children

    assert (boris.oid, boris.first_name, boris.phone) == (1000000102, "Борис", None)
    assert len(boris.oms_number or "") == 16


@pytest.mark.parametrize("key", ["anna", "lida", "max"])
def test_the_demo_control_describes_a_person_as_signing_in_would(
    stand: Esia, client: EsiaClient, key: str
):
    code = gateway.check_answer(answer_of(stand, client, key))

    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(asyncio.run, simulator.fetch_person(stand.url, key)).result()

    assert without_trust_of_children(told) == fetch(client, code)


def without_trust_of_children(person: EsiaPerson) -> EsiaPerson:
    """ESIA does not say whether the account of a child is confirmed."""
    children = tuple(replace(child, trusted=False, passport=None) for child in person.children)
    return replace(person, children=tuple(replace(each, addresses=()) for each in children))


def test_what_a_person_lacks_is_absent(stand: Esia, client: EsiaClient):
    person = fetch(client, gateway.check_answer(answer_of(stand, client, "max")))

    assert person.middle_name is None
    assert len(person.last_name) == 1


def test_an_unconfirmed_account_says_so(stand: Esia, client: EsiaClient):
    person = fetch(client, gateway.check_answer(answer_of(stand, client, "lida")))

    assert person.trusted is False
    assert person.has_documents


def test_a_simplified_account_has_no_documents(stand: Esia, client: EsiaClient):
    person = fetch(client, gateway.check_answer(answer_of(stand, client, "oleg")))

    assert not person.has_documents


def test_a_code_is_good_for_one_exchange(stand: Esia, client: EsiaClient):
    code = gateway.check_answer(answer_of(stand, client, "anna"))
    fetch(client, code)

    with pytest.raises(EsiaRefused) as refusal:
        fetch(client, code)

    assert refusal.value.esia_code == "ESIA-007011"


def test_the_state_comes_back_as_it_was_sent(stand: Esia, client: EsiaClient):
    cookie = stand.sign_in("anna")
    state = str(uuid4())

    response = httpx.get(
        gateway.authorization_url(client, state),
        headers={"Cookie": f"{cookie['name']}={cookie['value']}"},
    )

    assert parse_qs(urlsplit(response.headers["location"]).query)["state"] == [state]


def test_a_request_signed_with_another_key_is_refused(
    stand: Esia, client: EsiaClient, tmp_path: Path
):
    keys.prepare(tmp_path)
    forged = replace(
        client,
        key=tmp_path / "keys" / "esia_client.key",
        certificate=tmp_path / "keys" / "esia_client.crt",
    )

    answer = answer_of(stand, forged, "anna")

    with pytest.raises(EsiaRefused) as refusal:
        gateway.check_answer(answer)
    assert refusal.value.esia_code == "ESIA-007005"


def test_a_denied_consent_is_told_from_other_errors():
    denied = {"error": "access_denied", "error_description": "ESIA-007004: denied"}
    other = {"error": "server_error", "error_description": "ESIA-007007: x"}

    with pytest.raises(ConsentDenied):
        gateway.check_answer(denied)
    with pytest.raises(EsiaRefused):
        gateway.check_answer(other)
    with pytest.raises(EsiaRefused):
        gateway.check_answer({"code": "x", "error": "access_denied"})


def test_a_silent_esia_is_called_silent(client: EsiaClient):
    with pytest.raises(EsiaSilent):
        fetch(replace(client, url="http://127.0.0.1:9"), "code")


@pytest.fixture(scope="module")
def key(stand: Esia, folder: Path) -> RSAKey:
    assert stand.url
    pem = (folder / "esia" / "token.key").read_bytes()
    assert load_pem_private_key(pem, password=None)
    return RSAKey.import_key(pem)


def claims(**changes: object) -> dict[str, object]:
    begin = int(NOW.timestamp())
    every: dict[str, object] = {"iss": ISSUER, "nbf": begin, "iat": begin, "exp": begin + 3600}
    every |= {"aud": "ZDRAV29", "client_id": "ZDRAV29", "sub": 7, "urn:esia:sbj_id": 7}
    every |= changes
    return {name: value for name, value in every.items() if value is not None}


def token(key: RSAKey, sbt: str, body: Mapping[str, object]) -> str:
    registry = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)
    header = {"ver": 1, "typ": "JWT", "sbt": sbt, "alg": "RS256"}
    return jwt.encode(header, dict(body), key, registry=registry)


def pair(key: RSAKey, **changes: object) -> dict[str, str]:
    body = claims(**changes)
    return {"id_token": token(key, "id", body), "access_token": token(key, "access", body)}


def verify(tokens: Mapping[str, object], folder: Path) -> tuple[int, Proof]:
    return esia_token.verified(
        tokens,
        certificate=folder / "esia" / "token.crt",
        issuer=ISSUER,
        client_id="ZDRAV29",
        now=NOW,
    )


def test_good_tokens_give_the_oid_and_count_as_one_factor(key: RSAKey, folder: Path):
    assert verify(pair(key), folder) == (7, Proof(factors=1, by_signature=False))


def test_what_the_simulator_says_of_factors_is_read(key: RSAKey, folder: Path):
    tokens = pair(key, **{"urn:esia-sim:factors": 2, "amr": "DS"})

    assert verify(tokens, folder) == (7, Proof(factors=2, by_signature=True))


@pytest.mark.parametrize("factors", ["2", None, True, 2.0])
def test_a_number_of_factors_that_is_none_counts_as_one(key: RSAKey, folder: Path, factors: object):
    tokens = pair(key, **{"urn:esia-sim:factors": factors})

    assert verify(tokens, folder)[1] == Proof(factors=1)


def _part(value: Mapping[str, object] | bytes) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _by_hand(alg: str, sign: Callable[[str], bytes]) -> dict[str, str]:
    def make(sbt: str) -> str:
        signed = f"{_part({'alg': alg, 'ver': 1, 'sbt': sbt})}.{_part(claims())}"
        return f"{signed}.{_part(sign(signed))}"

    return {"id_token": make("id"), "access_token": make("access")}


def _unsigned(_: RSAKey) -> dict[str, str]:
    return _by_hand("none", lambda _: b"")


def _signed_by_another(_: RSAKey) -> dict[str, str]:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return pair(RSAKey.import_key(other))


def _signed_with_the_public_key(key: RSAKey) -> dict[str, str]:
    secret = key.as_pem(private=False)
    return _by_hand("HS256", lambda text: hmac.digest(secret, text.encode(), "sha256"))


def _swapped(key: RSAKey) -> dict[str, str]:
    good = pair(key)
    return {"id_token": good["access_token"], "access_token": good["id_token"]}


def _tampered(key: RSAKey) -> dict[str, str]:
    good = pair(key)
    header, _, signature = good["id_token"].split(".")
    return {**good, "id_token": f"{header}.{_part(claims(sub=8))}.{signature}"}


def _mixed(key: RSAKey) -> dict[str, str]:
    return {**pair(key), "access_token": pair(key, **{"urn:esia:sbj_id": 8})["access_token"]}


def _minutes(count: float) -> int:
    return int((NOW + timedelta(minutes=count)).timestamp())


SPOILT: dict[str, Callable[[RSAKey], Mapping[str, object]]] = {
    "no signature at all": _unsigned,
    "signed by another key": _signed_by_another,
    "signed with our copy of the public key": _signed_with_the_public_key,
    "the two tokens swapped": _swapped,
    "a changed person": _tampered,
    "tokens of two persons": _mixed,
    "another issuer": lambda key: pair(key, iss="http://esia.gosuslugi.ru/"),
    "for another system": lambda key: pair(key, aud="OTHER"),
    "given to another system": lambda key: pair(key, client_id="OTHER"),
    "expired": lambda key: pair(key, exp=_minutes(-2)),
    "not yet valid": lambda key: pair(key, nbf=_minutes(2)),
    "without an end": lambda key: pair(key, exp=None),
    "an end in words": lambda key: pair(key, exp="tomorrow"),
    "a person in words": lambda key: pair(key, sub="7"),
    "a truth for a person": lambda key: pair(key, sub=True, **{"urn:esia:sbj_id": True}),
    "no id token": lambda key: {"access_token": pair(key)["access_token"]},
    "no access token": lambda key: {"id_token": pair(key)["id_token"]},
    "a number for a token": lambda key: {**pair(key), "id_token": 7},
    "nonsense for a token": lambda key: {**pair(key), "id_token": "a.b.c"},
}


@pytest.mark.parametrize("name", SPOILT)
def test_a_spoilt_token_opens_nothing(name: str, key: RSAKey, folder: Path):
    tokens: Any = SPOILT[name](key)

    with pytest.raises(TokenInvalid):
        verify(tokens, folder)
