"""A simulator of ESIA, the Russian national identity provider, for demos and tests."""

from esia_sim.app import create_app
from esia_sim.config import Config
from esia_sim.people import Person
from esia_sim.threads import run_in_thread

__all__ = ["Config", "Person", "create_app", "run_in_thread"]
