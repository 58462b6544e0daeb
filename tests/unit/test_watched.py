"""Which tabs show which times: each once, and closed ones forgotten."""

from collections.abc import Iterator

import pytest

from zdrav29_app import clock
from zdrav29_app.state import watched


@pytest.fixture(autouse=True)
def nobody() -> Iterator[None]:
    """Nobody looks at the beginning, nor afterwards."""
    watched._tabs.clear()
    yield
    watched._tabs.clear()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The machine's clock, to be moved."""
    seconds = [1000.0]
    monkeypatch.setattr(clock, "machine_seconds", lambda: seconds[0])
    return seconds


def test_nobody_looking_shows_nothing():
    assert watched.shown() == frozenset()
    assert watched.showing({1}) == []


def test_the_tabs_that_show_a_time_are_known_by_it():
    watched.watch("anna", [1, 2])
    watched.watch("vera", [2, 3])

    assert watched.shown() == {1, 2, 3}
    assert watched.showing({3, 9}) == ["vera"]


def test_a_tab_shows_what_it_showed_last_and_nothing_when_it_left():
    watched.watch("anna", [1, 2])
    watched.watch("anna", [5])
    watched.watch("vera", [2])
    watched.watch("vera", [])

    assert watched.shown() == {5}


def test_a_closed_tab_is_forgotten_after_a_minute_and_an_open_one_never(machine: list[float]):
    watched.watch("open", [1])
    watched.watch("closed", [2])

    for _ in range(3):
        machine[0] += watched.KEPT_SECONDS - 1
        watched.forget_closed({"open"})

    assert watched.shown() == {1}


def test_a_tab_that_comes_back_in_time_is_kept(machine: list[float]):
    watched.watch("anna", [1])
    machine[0] += watched.KEPT_SECONDS - 1
    watched.forget_closed(set())

    watched.forget_closed({"anna"})
    machine[0] += watched.KEPT_SECONDS - 1
    watched.forget_closed(set())

    assert watched.shown() == {1}
