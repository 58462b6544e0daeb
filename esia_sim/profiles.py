"""Named profiles: sets of expectations that make the whole stand slow, flaky or down."""

from collections.abc import Callable
from typing import Final

from esia_sim.expectations import ANY, Delay, Expectation

_ALWAYS: Final = 10_000


def _slow() -> list[Expectation]:
    delay = Delay(median=1.5, sigma=0.5)
    return [Expectation(endpoint=ANY, delay=delay, left=_ALWAYS, profile="slow")]


def _flaky() -> list[Expectation]:
    common = {"endpoint": ANY, "left": _ALWAYS, "profile": "flaky"}
    return [
        Expectation(**common, share=0.1, status=502),  # pyright: ignore[reportArgumentType]
        Expectation(**common, share=0.05, drop=True),  # pyright: ignore[reportArgumentType]
    ]


def _down() -> list[Expectation]:
    return [Expectation(endpoint=ANY, status=503, left=_ALWAYS, profile="down")]


PROFILES: Final[dict[str, Callable[[], list[Expectation]]]] = {
    "slow": _slow,
    "flaky": _flaky,
    "down": _down,
}
