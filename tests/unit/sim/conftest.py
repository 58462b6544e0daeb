"""A stand with one client system registered, for each test of the simulator."""

from dataclasses import replace
from pathlib import Path

import pytest
from sim_client import Signer, Stand

from esia_sim import Config
from esia_sim.clients import Client
from esia_sim.clock import Clock
from esia_sim.scopes import TITLES
from esia_sim.signing import load_key


@pytest.fixture(scope="session")
def signer() -> Signer:
    return Signer()


@pytest.fixture(scope="session")
def stranger() -> Signer:
    return Signer()


@pytest.fixture(scope="session")
def config(signer: Signer, tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder: Path = tmp_path_factory.mktemp("esia")
    load_key(folder, now=Clock().now())
    client = Client(
        client_id="TEST01",
        name="Проверка",
        certificate=signer.certificate,
        redirect_domains=("cabinet.example",),
        scopes=frozenset(TITLES) - {"vehicles"},
    )
    other = replace(client, client_id="TEST02")
    return Config(
        public_url="https://stand.example",
        stand="test",
        data_dir=folder,
        clients=(client, other),
    )


@pytest.fixture
def stand(config: Config, signer: Signer) -> Stand:
    return Stand(config, signer)
