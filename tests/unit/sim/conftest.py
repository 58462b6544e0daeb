"""A stand with one client system registered, for each test of the simulator."""

from dataclasses import replace
from pathlib import Path

import pytest
from sim_client import GostSigner, Signer, Stand

from esia_sim import Config
from esia_sim.clients import Client, TokenAlg
from esia_sim.clock import Clock
from esia_sim.scopes import TITLES
from esia_sim.token_keys import load_key


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer()


@pytest.fixture(scope="session")
def gost_signer() -> GostSigner:
    return GostSigner()


@pytest.fixture(scope="session")
def stranger() -> Signer:
    return Signer()


@pytest.fixture(scope="session")
def config(
    signer: Signer, gost_signer: GostSigner, tmp_path_factory: pytest.TempPathFactory
) -> Config:
    folder: Path = tmp_path_factory.mktemp("esia")
    load_key(folder, TokenAlg.RS256, now=Clock().now())
    client = Client(
        client_id="TEST01",
        name="Проверка",
        certificates=(signer.certificate,),
        redirect_domains=("cabinet.example",),
        scopes=frozenset(TITLES) - {"vehicles"},
    )
    other = replace(client, client_id="TEST02")
    of_gost = replace(
        client, client_id="GOST01", certificates=(signer.certificate, gost_signer.certificate)
    )
    all_gost = replace(of_gost, client_id="GOST02", token_alg=TokenAlg.GOST)
    lenient = replace(of_gost, client_id="LENIENT", strict=False)
    return Config(
        public_url="https://stand.example",
        stand="test",
        data_dir=folder,
        clients=(client, other, of_gost, all_gost, lenient),
    )


@pytest.fixture
def stand(config: Config, signer: Signer) -> Stand:
    return Stand(config, signer)
