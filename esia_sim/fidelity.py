"""How sure each behaviour is, and on which assumptions a run has relied so far.

A setting whose value its user wrote down (`--assumptions`) is no assumption of ours any more.
"""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, cast

from esia_sim.assumed import Assumed, Limits
from esia_sim.esia_codes import ANSWERS, Code
from esia_sim.yaml_files import read_yaml

Mark = Literal["proved", "stated", "implied", "assumed"]
_FILE: Final = Path(__file__).parent / "fidelity.yaml"
_TABLE: Final = "esia-protocol.md §4.1"
# the one figure of them that is observed
_OBSERVED: Final = frozenset({"access_token_seconds"})


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One thing that the simulator does. `source` says where to look it up."""

    name: str
    mark: Mark
    source: str
    about: str

    def as_json(self) -> dict[str, object]:
        """Describe it to a control call."""
        return {name: getattr(self, name) for name in ("name", "mark", "source", "about")}


class Ledger:
    """What one world has relied on."""

    def __init__(self, confirmed: frozenset[str]) -> None:
        """`confirmed` are settings that the user knows."""
        self._confirmed = confirmed
        self._relied: set[str] = set()

    def watched(self, settings: Any) -> Any:
        """Return the same settings; each that is read is noted."""
        return _Watched(settings, self._relied)

    def used(self, name: str) -> None:
        """Note a behaviour that is no setting: a code that was answered, a form of a token."""
        self._relied.add(name)

    def forget(self) -> None:
        """Have relied on nothing."""
        self._relied.clear()

    def assumptions(self) -> list[Behaviour]:
        """Return what was relied on and nobody confirms."""
        return [
            one
            for one in behaviours()
            if one.mark == "assumed" and one.name in self._relied - self._confirmed
        ]


class _Watched:
    def __init__(self, settings: object, read: set[str]) -> None:
        self._settings, self._read = settings, read

    def __getattr__(self, name: str) -> Any:
        self._read.add(name)
        return getattr(self._settings, name)


@cache
def behaviours() -> tuple[Behaviour, ...]:
    """Return all of them: those of the file, every setting, every code."""
    written = cast("list[dict[str, str]]", read_yaml(_FILE))
    return (
        *(Behaviour(**cast("Any", one)) for one in written),
        *(_setting(one.name) for kind in (Limits, Assumed) for one in fields(kind)),
        *(_code(code) for code in Code),
    )


def _setting(name: str) -> Behaviour:
    is_observed = name in _OBSERVED
    return Behaviour(
        name, "stated" if is_observed else "assumed", "docs/esia.md, settings", "a setting"
    )


def _code(code: Code) -> Behaviour:
    # what a code means is stated; which words come with it, only where somebody saw them
    mark: Mark = "stated" if ANSWERS[code].observed else "assumed"
    return Behaviour(code.value, mark, _TABLE, "words of the refusal")
