"""Our gateway over version 2 of ESIA's protocol, with GOST, against the simulator."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from esia_sim import Config, run_in_thread
from esia_sim.clients import load_clients
from esia_sim.remote import Esia
from stand import keys
from tests.contract.esia_rounds import answer_of, fetch
from zdrav29_app.errors import EsiaRefused, TokenInvalid
from zdrav29_app.gateways import esia as gateway
from zdrav29_app.gateways.esia_client import EsiaClient
from zdrav29_app.settings import EsiaProtocol

ISSUER = "http://esia-portal1.test.gosuslugi.ru/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("esia_gost")


@pytest.fixture(scope="module")
def stand(folder: Path) -> Iterator[Esia]:
    clients = load_clients(keys.prepare(folder, EsiaProtocol.V2))
    with run_in_thread(Config(clients=clients, data_dir=folder / "esia")) as running:
        yield running


@pytest.fixture
def client(stand: Esia, folder: Path) -> EsiaClient:
    return EsiaClient(
        url=stand.url,
        issuer=ISSUER,
        client_id="ZDRAV29",
        redirect_uri="http://localhost:2900/auth/esia/callback",
        key=folder / "keys" / "esia_client_gost.key",
        certificate=folder / "keys" / "esia_client_gost.crt",
        esia_certificate=folder / "esia" / "token.gost.crt",
        protocol=EsiaProtocol.V2,
    )


def rsa_client(client: EsiaClient, folder: Path) -> EsiaClient:
    """The same system, which both certificates are registered for, over v1."""
    return replace(
        client,
        key=folder / "keys" / "esia_client.key",
        certificate=folder / "keys" / "esia_client.crt",
        protocol=EsiaProtocol.V1,
    )


def test_a_person_is_read_over_v2_as_over_v1(stand: Esia, client: EsiaClient, folder: Path):
    v1 = rsa_client(client, folder)
    over_v1 = fetch(v1, gateway.check_answer(answer_of(stand, v1, "anna")))

    over_v2 = fetch(client, gateway.check_answer(answer_of(stand, client, "anna")))

    assert over_v2.oid == 1000000101
    assert over_v2 == over_v1


def test_the_browser_is_sent_to_v2_with_the_hash_of_the_certificate(client: EsiaClient):
    url = urlsplit(gateway.authorization_url(client, str(uuid4())))

    asked = parse_qs(url.query)

    assert url.path == "/aas/oauth2/v2/ac"
    assert len(asked["client_certificate_hash"][0]) == 64
    assert len(asked["client_secret"][0]) == 86


@pytest.mark.parametrize("how", ["signature", "audience", "issuer", "expired"])
def test_a_spoilt_token_opens_nothing(stand: Esia, client: EsiaClient, how: str):
    code = gateway.check_answer(answer_of(stand, client, "anna"))
    stand.expect({"endpoint": "token"}, {"spoil": how})

    with pytest.raises(TokenInvalid):
        fetch(client, code)


@pytest.mark.parametrize("name", ["token.crt", "other.crt"])
def test_tokens_of_another_key_open_nothing(
    stand: Esia, client: EsiaClient, folder: Path, name: str
):
    (folder / "esia" / "other.crt").write_bytes(client.certificate.read_bytes())
    mistaken = replace(client, esia_certificate=folder / "esia" / name)

    with pytest.raises(TokenInvalid):
        fetch(mistaken, gateway.check_answer(answer_of(stand, client, "anna")))


def test_a_request_signed_with_another_key_is_refused(
    stand: Esia, client: EsiaClient, tmp_path: Path
):
    keys.prepare(tmp_path)
    forged = replace(client, key=tmp_path / "keys" / "esia_client_gost.key")

    with pytest.raises(EsiaRefused) as refusal:
        gateway.check_answer(answer_of(stand, forged, "anna"))

    assert refusal.value.esia_code == "ESIA-007053"
