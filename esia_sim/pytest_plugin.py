"""The pytest fixtures `esia`, `esia_world` and `person`, and the tape of a test that failed.

A test that ends with an expectation that was not met fails. When a test fails, what happened in its
simulator is a section of the report (JSON and Mermaid), and a HAR file in the output folder.
"""

import json
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest

from esia_sim.config import Config
from esia_sim.remote import Esia, Json, World
from esia_sim.threads import run_in_thread

_USED: Final = pytest.StashKey[list[Esia]]()
_DEFAULT_OUTPUT: Final = "test-results"


@pytest.fixture(scope="session")
def esia_config() -> Config:
    """Return the configuration of the simulator; override it to register clients."""
    return Config()


@pytest.fixture(scope="session")
def esia_stand(esia_config: Config) -> Iterator[Esia]:
    """Run one simulator for all tests of this process; override it to use one that runs."""
    with run_in_thread(esia_config) as running:
        yield running


@pytest.fixture
def esia(esia_stand: Esia, request: pytest.FixtureRequest) -> Iterator[Esia]:
    """Give a test the simulator as at the start; fail it when an expectation was not met."""
    esia_stand.reset()
    _use(request, esia_stand)
    yield esia_stand
    _check_expectations(esia_stand)


@pytest.fixture
def esia_world(esia_stand: Esia, request: pytest.FixtureRequest) -> Iterator[World]:
    """Give a test a world of its own, which no other test sees, and end it afterwards."""
    with esia_stand.new_world() as world:
        _use(request, world)
        yield world
        _check_expectations(world)


@pytest.fixture
def person(esia_world: World) -> Json:
    """Make a person with a confirmed account in the world of the test."""
    return esia_world.new_person()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the tape to a failed test, while its world is still there."""
    report = yield
    if report.when == "call" and report.failed:
        for number, simulator in enumerate(item.stash.get(_USED, ())):
            _attach(item, report, simulator, number)
    return report


def _use(request: pytest.FixtureRequest, simulator: Esia) -> None:
    request.node.stash.setdefault(_USED, []).append(simulator)


def _check_expectations(simulator: Esia) -> None:
    if unmet := simulator.unmet_expectations():
        pytest.fail(f"expected and not met: {json.dumps(unmet, ensure_ascii=False)}", pytrace=False)


def _attach(item: pytest.Item, report: pytest.TestReport, simulator: Esia, number: int) -> None:
    try:
        tape, har = simulator.tape(), simulator.tape_as("har")
        diagram = simulator.tape_as("mermaid")
    except Exception as error:  # noqa: BLE001 - a simulator that is gone must not hide the failure
        report.sections.append(("tape of esia_sim", f"not to be had: {error}"))
        return
    written = json.dumps(tape, ensure_ascii=False, indent=1)
    report.sections.append(("tape of esia_sim: JSON", written))
    report.sections.append(("tape of esia_sim: Mermaid", diagram))
    folder = Path(item.config.getoption("--output", _DEFAULT_OUTPUT) or _DEFAULT_OUTPUT)
    folder = folder if folder.is_absolute() else item.config.rootpath / folder
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", item.nodeid.lower()).strip("-")[-100:]
    file = folder / f"esia-{name}{f'-{number}' if number else ''}.har"
    file.write_text(har, encoding="utf-8")
    report.sections.append(("tape of esia_sim: HAR", str(file)))
