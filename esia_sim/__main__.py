"""`python -m esia_sim`: read the settings, take the port, serve until told to stop."""

import argparse
import logging
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Final

from esia_sim.app import create_app
from esia_sim.assumed import Assumed, Limits, load_assumptions
from esia_sim.clients import load_clients
from esia_sim.config import TEST_STAND_ISSUER, Config
from esia_sim.fields import FieldError
from esia_sim.people import OWN_CAST
from esia_sim.serve import Server, open_socket

_LOG: Final = logging.getLogger("esia_sim")
# Option, default, help; the environment variable is ESIA_SIM_ and the option in capitals.
_OPTIONS: Final = (
    ("host", "127.0.0.1", "address to listen on; beyond loopback ESIA_SIM_KEY is needed"),
    ("port", "2910", "port to listen on"),
    ("public-url", "", "address in browsers (default: http://localhost:<port>)"),
    ("cabinet-url", "http://localhost:2900", "address of the cabinet, linked from the portal"),
    ("issuer", TEST_STAND_ISSUER, "`iss` of the tokens"),
    ("stand", "", "name of the stand in cookie names (default: the port)"),
    ("data-dir", "var/esia", "folder of token.key and token.crt"),
    ("clients", "", "YAML list of client systems"),
    ("faithful", "", "`1`: no claims and parameters that ESIA does not have"),
    ("assumptions", "", "YAML file of what ESIA does not publish"),
    ("people", str(OWN_CAST), "YAML file of people, or a folder with a file for each"),
)


def main() -> int:
    """Run a stand; returns the exit code."""
    try:
        config = read_config(sys.argv[1:])
        app = create_app(config)
    except (FieldError, ValueError, TypeError, OSError) as error:
        print(f"esia_sim: {error}", file=sys.stderr)  # noqa: T201 - the one line of a refusal
        return 1
    try:
        listener = open_socket(config)
    except OSError as error:
        print(  # noqa: T201 - the one line of a refusal
            f"esia_sim: cannot listen on {config.host} port {config.port} ({error.strerror});"
            " choose another port with ESIA_SIM_PORT",
            file=sys.stderr,
        )
        return 1
    server = Server(app, with_logging=True)
    _LOG.info("simulator of ESIA at %s", config.base_url)
    # Once it has stopped, uvicorn raises the signal again: being told to stop is no failure.
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, _end)
    server.run([listener])
    return 0


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def read_config(arguments: list[str]) -> Config:
    """Make the configuration of the command line and the environment.

    Raises:
        FieldError, ValueError, OSError: a setting or a file is wrong.
    """
    given = _given(arguments)
    limits, assumed, confirmed = Limits(), Assumed(), frozenset[str]()
    if given["assumptions"]:
        limits, assumed, confirmed = load_assumptions(Path(given["assumptions"]))
    return Config(
        limits=limits,
        assumed=assumed,
        confirmed=confirmed,
        host=given["host"],
        port=_port(given["port"]),
        public_url=given["public_url"] or None,
        cabinet_url=given["cabinet_url"],
        issuer=given["issuer"],
        stand=given["stand"] or None,
        data_dir=Path(given["data_dir"]),
        people=Path(given["people"]),
        faithful=given["faithful"] == "1",
        clients=load_clients(Path(given["clients"])) if given["clients"] else (),
        control_key=os.environ.get("ESIA_SIM_KEY") or None,
    )


def _given(arguments: list[str]) -> dict[str, str]:
    parser = argparse.ArgumentParser(prog="esia_sim", description="Simulator of ESIA")
    for name, default, text in _OPTIONS:
        variable = "ESIA_SIM_" + name.replace("-", "_").upper()
        parser.add_argument(
            f"--{name}", default=os.environ.get(variable) or default, help=f"{text} [{variable}]"
        )
    return {name: str(value) for name, value in vars(parser.parse_args(arguments)).items()}


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:6]) < 2**16:
        msg = f"ESIA_SIM_PORT: not a port: {text}"
        raise ValueError(msg)
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
