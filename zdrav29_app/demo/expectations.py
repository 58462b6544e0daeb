"""What a trainer or a test expects to go wrong in the cabinet (JSON as the simulator's).

An expectation is met by the next acts that fit it, as many times as it says, and then is gone.
"""

from dataclasses import asdict, dataclass
from typing import Any, cast
from uuid import uuid4

MESSAGES = ("sms", "email")
EVENT = "event"
"""Any act on any page; one act is named like «booking_state.confirm»."""

MOST_TIMES = 10_000
LONGEST_DELAY = 600  # seconds
_WHEN = frozenset({"endpoint", "nth"})
_THEN = frozenset({"error", "delay", "drop"})


@dataclass
class Expectation:
    """One of them. Exactly one of `error` (a code), `delay` (seconds) and `drop` is set.

    `nth` counts down the acts that pass before the first one is met.
    """

    id: str
    endpoint: str
    error: str = ""
    delay: float = 0
    drop: bool = False
    nth: int = 1
    left: int = 1
    consumed: int = 0

    def as_json(self) -> dict[str, object]:
        """The same as a control call describes it."""
        then = {"error": self.error, "delay": self.delay, "drop": self.drop}
        return {
            "id": self.id,
            "when": {"endpoint": self.endpoint, "nth": self.nth},
            "then": {name: value for name, value in then.items() if value},
            "left": self.left,
            "consumed": self.consumed,
        }


_expected: list[Expectation] = []


def add(body: dict[str, Any], *, codes: frozenset[str], endpoints: frozenset[str]) -> Expectation:
    """Expect one more thing.

    Raises:
        ValueError: the body says something else than what can be expected; the text says what.
    """
    when, then, times = body.get("when"), body.get("then"), body.get("times", 1)
    if not isinstance(when, dict) or not isinstance(then, dict):
        msg = "when: {endpoint, nth} and then: {error | delay | drop} are expected"
        raise ValueError(msg)  # noqa: TRY004  one kind for all that makes no sense
    when, then = cast("dict[str, Any]", when), cast("dict[str, Any]", then)
    _check(when, then, times, codes=codes, endpoints=endpoints)
    made = Expectation(
        id=uuid4().hex[:8],
        endpoint=when["endpoint"],
        error=then.get("error", ""),
        delay=then.get("delay", 0),
        drop=then.get("drop", False),
        nth=when.get("nth", 1),
        left=times,
    )
    _expected.append(made)
    return made


def every() -> list[Expectation]:
    """All of them, also those that are used up."""
    return list(_expected)


def forget(expectation_id: str = "") -> None:
    """Forget one, or all."""
    kept = [one for one in _expected if expectation_id and one.id != expectation_id]
    _expected[:] = kept


def position() -> list[dict[str, Any]]:
    """All of them as plain values, for another process."""
    return [asdict(one) for one in _expected]


def take(every_one: list[dict[str, Any]]) -> None:
    """Expect what another process expects; see `position`."""
    _expected[:] = [Expectation(**one) for one in every_one]


def meet(*endpoints: str) -> Expectation | None:
    """The expectation that this act meets, if any; it is consumed by that."""
    for one in _expected:
        if one.left and one.endpoint in endpoints:
            if one.nth > 1:
                one.nth -= 1
                continue
            one.left -= 1
            one.consumed += 1
            return one
    return None


def _check(
    when: dict[str, Any],
    then: dict[str, Any],
    times: object,
    *,
    codes: frozenset[str],
    endpoints: frozenset[str],
) -> None:
    if set(when) - _WHEN:
        raise ValueError("when: endpoint and nth are expected")
    if len(then) != 1 or set(then) - _THEN:
        raise ValueError("then: exactly one of error, delay, drop is expected")
    if when.get("endpoint") not in {EVENT, *MESSAGES, *endpoints}:
        raise ValueError("when.endpoint: event, sms, email or the name of an act is expected")
    if not _is_whole(times, MOST_TIMES) or not _is_whole(when.get("nth", 1), MOST_TIMES):
        raise ValueError(f"times, nth: a whole number from 1 to {MOST_TIMES} is expected")
    if "error" in then and (then["error"] not in codes or when["endpoint"] in MESSAGES):
        raise ValueError("then.error: a code of the README's table is expected, not of a message")
    if "delay" in then and not _is_whole(then["delay"], LONGEST_DELAY):
        raise ValueError(f"then.delay: whole seconds from 1 to {LONGEST_DELAY} are expected")
    if "drop" in then and then["drop"] is not True:
        raise ValueError("then.drop: true is expected")


def _is_whole(value: object, most: int) -> bool:
    return type(value) is int and 1 <= value <= most
