"""The pytest fixture `esia`: a running simulator on a free port, as at the start for each test."""

from collections.abc import Iterator

import pytest

from esia_sim.config import Config
from esia_sim.remote import Esia
from esia_sim.threads import run_in_thread


@pytest.fixture(scope="session")
def esia_config() -> Config:
    """Return the configuration of the simulator; override it to register clients."""
    return Config()


@pytest.fixture(scope="session")
def esia_stand(esia_config: Config) -> Iterator[Esia]:
    """Run one simulator for all tests of this process."""
    with run_in_thread(esia_config) as running:
        yield running


@pytest.fixture
def esia(esia_stand: Esia) -> Esia:
    """Give a test the simulator as at the start."""
    esia_stand.reset()
    return esia_stand
