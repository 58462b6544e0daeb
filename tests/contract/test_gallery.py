"""Our check of tokens against the whole gallery of spoilt ones of a running simulator."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from esia_sim import Config, run_in_thread
from esia_sim.clients import load_clients
from esia_sim.gallery import GALLERY
from esia_sim.remote import Esia
from stand import keys
from zdrav29_app.errors import TokenInvalid
from zdrav29_app.gateways import esia_token
from zdrav29_app.settings import EsiaProtocol

ISSUER = "http://esia-portal1.test.gosuslugi.ru/"
CERTIFICATES = {EsiaProtocol.V1: "token.crt", EsiaProtocol.V2: "token.gost.crt"}
REFUSED = [entry.name for entry in GALLERY.values() if not entry.accept]
ACCEPTED = [entry.name for entry in GALLERY.values() if entry.accept]


@pytest.fixture(scope="module", params=CERTIFICATES)
def stand(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Esia, Path]]:
    folder = tmp_path_factory.mktemp("gallery")
    clients = load_clients(keys.prepare(folder, request.param))
    with run_in_thread(Config(clients=clients, data_dir=folder / "esia")) as running:
        yield running, folder / "esia" / CERTIFICATES[request.param]


def opened(stand: tuple[Esia, Path], **spoil: str) -> int:
    esia, certificate = stand
    tokens = esia.mint_tokens("anna", client="ZDRAV29", **spoil)
    oid, _ = esia_token.verified(
        tokens,
        certificate=certificate,
        issuer=ISSUER,
        client_id="ZDRAV29",
        now=datetime.now(UTC),
    )
    return oid


def test_a_good_token_opens_the_cabinet_of_its_person(stand: tuple[Esia, Path]):
    assert opened(stand) == 1000000101


@pytest.mark.parametrize("name", REFUSED)
def test_a_spoilt_token_is_refused(stand: tuple[Esia, Path], name: str):
    with pytest.raises(TokenInvalid):
        opened(stand, spoil=name)


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_harmless_variant_is_accepted(stand: tuple[Esia, Path], name: str):
    assert opened(stand, spoil=name) == 1000000101
