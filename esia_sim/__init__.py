"""A simulator of ESIA, the Russian national identity provider, for demos and tests."""

from typing import TYPE_CHECKING

from esia_sim.app import create_app
from esia_sim.config import Config
from esia_sim.people import Person

if TYPE_CHECKING:
    from esia_sim.threads import run_in_thread

__all__ = ["Config", "Person", "create_app", "run_in_thread"]


def __getattr__(name: str) -> object:
    """Import what only tests need when it is asked for: an HTTP client slows every start."""
    if name == "run_in_thread":
        from esia_sim.threads import run_in_thread  # noqa: PLC0415 - see above

        return run_in_thread
    raise AttributeError(name)
