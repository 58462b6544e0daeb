"""What a stand is made of: addresses, files, and what ESIA does not publish (assumed.py)."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from esia_sim.assumed import Assumed, Limits
from esia_sim.clients import Client
from esia_sim.people import OWN_CAST

TEST_STAND_ISSUER: Final = "http://esia-portal1.test.gosuslugi.ru/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of one stand.

    `public_url` is where browsers reach it (default: localhost and the port). `data_dir` keeps
    the token key; without it the key lives as long as the process. `control_key` guards `/_sim`
    when `host` is not a loopback address. A `faithful` stand knows no extensions of its own.
    `world` is the id of a world beside the first one; with a `seed` all that is drawn is the
    same each time; people made at run time are numbered after `first_invented`. `confirmed` are
    names of assumptions that whoever runs the stand knows to hold.
    """

    host: str = "127.0.0.1"
    port: int = 2910
    public_url: str | None = None
    cabinet_url: str = "http://localhost:2900"
    issuer: str = TEST_STAND_ISSUER
    stand: str | None = None
    world: str | None = None
    seed: str | None = None
    first_invented: int = 0
    data_dir: Path | None = None
    people: Path = OWN_CAST
    clients: tuple[Client, ...] = ()
    faithful: bool = False
    control_key: str | None = field(default=None, repr=False)
    limits: Limits = field(default_factory=Limits)
    assumed: Assumed = field(default_factory=Assumed)
    confirmed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what could not work or would be open to the world.

        Raises:
            ValueError: an address is not one, or a key is needed.
        """
        for address in (self.base_url, self.cabinet_url):
            parts = urlsplit(address)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                msg = f"not an http address: {address}"
                raise ValueError(msg)
        if not self.is_loopback and not self.control_key:
            msg = f"ESIA_SIM_HOST={self.host} is not a loopback address: set ESIA_SIM_KEY"
            raise ValueError(msg)

    @property
    def base_url(self) -> str:
        """The public address without a slash at its end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def root(self) -> str:
        """The path that all addresses of this world begin with; empty for the first world."""
        return f"/w/{self.world}" if self.world else ""

    @property
    def cabinet_origin(self) -> str:
        """Scheme, host and port of the cabinet."""
        parts = urlsplit(self.cabinet_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def is_secure(self) -> bool:
        """Whether browsers come over https."""
        return self.base_url.startswith("https://")

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the stand."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def cookie(self, name: str) -> str:
        """Return a cookie's full name; the stand is part of it, because cookies ignore ports."""
        prefix = "__Host-" if self.is_secure else ""
        world = f"_{self.world}" if self.world else ""
        return f"{prefix}{name}_{self.stand or self.port}{world}"
