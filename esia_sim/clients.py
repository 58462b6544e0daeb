"""Client systems (информационные системы) that are registered with the stand."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

import yaml
from cryptography import x509

from esia_sim import scopes
from esia_sim.fields import FieldError, Fields

FIELDS: Final = ("client_id", "name", "certificate", "redirect_domains", "scopes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client system: its мнемоника, its certificate and what it may ask for."""

    client_id: str
    name: str
    certificate: x509.Certificate = field(repr=False)
    redirect_domains: tuple[str, ...]
    scopes: frozenset[str]

    def may_return_to(self, address: str) -> bool:
        """Tell whether the browser may be sent to this address: the host decides, as in ESIA."""
        if not address.isascii() or not address.isprintable() or "\\" in address or " " in address:
            return False
        try:
            parts = urlsplit(address)
            host, _ = parts.hostname, parts.port
        except ValueError:
            return False
        plain = "@" not in parts.netloc and not parts.fragment
        return plain and parts.scheme in {"http", "https"} and host in self.redirect_domains

    def as_json(self) -> dict[str, object]:
        """Describe the client to a control call."""
        return {
            "client_id": self.client_id,
            "name": self.name,
            "redirect_domains": list(self.redirect_domains),
            "scopes": sorted(self.scopes),
            "certificate_expires": self.certificate.not_valid_after_utc.isoformat(),
        }


def load_clients(path: Path) -> tuple[Client, ...]:
    """Read the YAML list of clients; certificate paths are relative to the file.

    Raises:
        FieldError: an entry is wrong, or a certificate cannot be read.
        OSError: the file cannot be read.
    """
    try:
        raw: object = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        msg = "not YAML"
        raise FieldError(msg) from error
    if not isinstance(raw, list):
        msg = "a list of clients is expected"
        raise FieldError(msg)
    return tuple(_load(item, path.parent) for item in cast("list[object]", raw))


def read_client(fields: Fields, pem: bytes) -> Client:
    """Make a client of fields from outside and the text of its certificate.

    Raises:
        FieldError: a field is wrong.
    """
    asked = frozenset(fields.texts("scopes")) or frozenset(scopes.TITLES)
    unknown = sorted(asked - scopes.TITLES.keys())
    if unknown:
        msg = f"scopes: unknown {', '.join(unknown)}"
        raise FieldError(msg)
    client_id = fields.text("client_id", longest=64)
    return Client(
        client_id=client_id,
        name=fields.optional_text("name", longest=200) or client_id,
        certificate=_certificate(pem),
        redirect_domains=tuple(domain.lower() for domain in fields.texts("redirect_domains")),
        scopes=asked,
    )


def _load(raw: object, folder: Path) -> Client:
    fields = Fields(raw, FIELDS)
    path = folder / fields.text("certificate")
    try:
        pem = path.read_bytes()
    except OSError as error:
        msg = f"certificate: {path} cannot be read"
        raise FieldError(msg) from error
    return read_client(fields, pem)


def _certificate(pem: bytes) -> x509.Certificate:
    try:
        certificate = x509.load_pem_x509_certificate(pem)
        certificate.public_key()
    except (ValueError, TypeError, UnicodeError) as error:
        msg = "certificate: a PEM certificate is expected"
        raise FieldError(msg) from error
    return certificate
