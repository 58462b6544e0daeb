"""The pytest fixtures `esia`, `esia_world` and `person`, and the tape of a test that failed.

A test that ends with an expectation that was not met fails; on demand (`--esia-no-assumptions`, or
the marker `esia_no_assumptions`) also one that relied on what ESIA is only assumed to do. When a
test fails, what happened in its simulator is a section of the report (JSON and Mermaid), and a HAR
file in the output folder.
"""

import json
import re
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from esia_sim.config import Config
from esia_sim.remote import Esia, Json, World
from esia_sim.threads import run_in_thread

# a simulator, and whose tape of it matters: that of one person, or (None) all of it
_Source = tuple[Esia, str | None]
_USED: Final = pytest.StashKey[list[tuple[Esia, Sequence[str] | None]]]()
_TAPES: Final = pytest.StashKey[list[tuple[str, str]] | None]()
_DEFAULT_OUTPUT: Final = "test-results"
_STRICT: Final = "esia_no_assumptions"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option by which a whole run must not rely on assumptions."""
    parser.getgroup("esia_sim", "simulator of ESIA").addoption(
        "--esia-no-assumptions",
        action="store_true",
        help="fail each test that relied on behaviour which ESIA is only assumed to have",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Add the marker by which one test must not rely on assumptions."""
    text = f"{_STRICT}(*accepted): fail when the test relied on other assumptions than these"
    config.addinivalue_line("markers", text)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin with nothing, also when a test is run a second time."""
    item.stash[_USED], item.stash[_TAPES] = [], None


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
    with watched(request, esia_stand):
        yield esia_stand


@pytest.fixture
def esia_world(esia_stand: Esia, request: pytest.FixtureRequest) -> Iterator[World]:
    """Give a test a world of its own, which no other test sees, and end it afterwards."""
    with esia_stand.new_world() as world, watched(request, world):
        yield world


@pytest.fixture
def person(esia_world: World) -> Json:
    """Make a person with a confirmed account in the world of the test."""
    return esia_world.new_person()


@contextmanager
def watched(
    request: pytest.FixtureRequest, simulator: Esia, *, people: Sequence[str] | None = None
) -> Generator[None]:
    """Watch a simulator for the test of a fixture: its tape, its expectations, its assumptions.

    `people` (keys; the list may grow meanwhile) are those of the test in a simulator that other
    tests use too: the tape is theirs alone. What such a simulator has relied on is not asked, as
    nobody could tell for which test.
    """
    request.node.stash[_USED].append((simulator, people))
    yield
    complaints = _unmet(simulator)
    if people is None:
        complaints += _assumed(request, simulator)
    if complaints:
        _take_tapes(request.node)
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attach the tape to a failed test, while its world is still there."""
    report = yield
    if report.failed:
        if report.when != "teardown":
            _take_tapes(item)
        report.sections += item.stash[_TAPES] or []
        item.stash[_TAPES] = []
    return report


def _unmet(simulator: Esia) -> list[str]:
    unmet = simulator.unmet_expectations()
    return [f"expected and not met: {json.dumps(unmet, ensure_ascii=False)}"] if unmet else []


def _assumed(request: pytest.FixtureRequest, simulator: Esia) -> list[str]:
    marker = request.node.get_closest_marker(_STRICT)
    if not marker and not request.config.getoption("--esia-no-assumptions"):
        return []
    accepted: tuple[object, ...] = marker.args if marker else ()
    relied = [one for one in simulator.assumptions() if one["name"] not in accepted]
    told = [f"  {one['name']}: {one['about']} (source: {one['source']})" for one in relied]
    return ["relied on what ESIA is only assumed to do:", *told] if told else []


def _take_tapes(item: pytest.Item) -> None:
    """Keep the tapes of a test for its report, once."""
    if item.stash[_TAPES] is None:
        sources: list[_Source] = [
            (simulator, login)
            for simulator, people in item.stash[_USED]
            for login in ([None] if people is None else people)
        ]
        item.stash[_TAPES] = [
            section for number, one in enumerate(sources) for section in _tape(item, one, number)
        ]


def _tape(item: pytest.Item, source: _Source, number: int) -> list[tuple[str, str]]:
    simulator, login = source
    title = f"tape of esia_sim{f', {login}' if login else ''}"
    try:
        tape, har = simulator.tape(login), simulator.tape_as("har", login)
        diagram = simulator.tape_as("mermaid", login)
    except Exception as error:  # noqa: BLE001 - a simulator that is gone must not hide the failure
        return [(title, f"not to be had: {error}")]
    return [
        (f"{title}: JSON", json.dumps(tape, ensure_ascii=False, indent=1)),
        (f"{title}: Mermaid", diagram),
        (f"{title}: HAR", str(_write(item, har, number))),
    ]


def _write(item: pytest.Item, har: str, number: int) -> Path:
    folder = Path(item.config.getoption("--output", _DEFAULT_OUTPUT) or _DEFAULT_OUTPUT)
    folder = folder if folder.is_absolute() else item.config.rootpath / folder
    folder.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", item.nodeid.lower()).strip("-")[-100:]
    file = folder / f"esia-{name}{f'-{number}' if number else ''}.har"
    file.write_text(har, encoding="utf-8")
    return file
