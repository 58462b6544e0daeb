"""Client systems (информационные системы) that are registered with the stand."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

from cryptography import x509

from esia_sim import scopes
from esia_sim.client_keys import hash_of, key_of
from esia_sim.fields import FieldError, Fields
from esia_sim.yaml_files import read_yaml

FIELDS: Final = (
    "client_id", "name", "certificate", "secret", "redirect_domains", "redirect_uris",
    "post_logout_redirect_uris", "scopes", "token_alg", "kind", "strict",
)  # fmt: skip


class TokenAlg(StrEnum):
    """What the tokens of a client are signed with."""

    RS256 = "RS256"
    GOST = "GOST3410_2012_256"


class Kind(StrEnum):
    """What a client speaks: ESIA's own protocol, or, as our extension, OpenID Connect."""

    ESIA = "esia"
    OIDC = "oidc"


_ADDRESSES: Final = ("redirect_uris", "post_logout_redirect_uris")


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """One client system: its мнемоника, its certificates and what it may ask for.

    A client that is not `strict` may sign v2 with RSA or PKCS#7. Those of kind `oidc`, which have
    a secret, may register whole addresses; without them the domains decide, as in ESIA.
    """

    client_id: str
    name: str
    certificates: tuple[x509.Certificate, ...] = field(repr=False)
    redirect_domains: tuple[str, ...] = ()
    redirect_uris: tuple[str, ...] = ()
    post_logout_redirect_uris: tuple[str, ...] = ()
    scopes: frozenset[str]
    token_alg: TokenAlg = TokenAlg.RS256
    kind: Kind = Kind.ESIA
    strict: bool = True
    secret: str | None = field(default=None, repr=False)

    def may_return_to(self, address: str) -> bool:
        """Tell whether the browser may be sent to this address.

        In ESIA the host decides; OpenID Connect compares letter by letter (Core §3.1.2.1).
        """
        return address in self.redirect_uris if self.redirect_uris else self._is_ours(address)

    def may_sign_out_to(self, address: str) -> bool:
        """Tell the same of an address after signing out (RP-Initiated Logout §3)."""
        if self.post_logout_redirect_uris:
            return address in self.post_logout_redirect_uris
        return self._is_ours(address)

    def _is_ours(self, address: str) -> bool:
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
        """Describe the client to a control call; its secret stays here."""
        return {
            "client_id": self.client_id,
            "name": self.name,
            "redirect_domains": list(self.redirect_domains),
            "redirect_uris": list(self.redirect_uris),
            "post_logout_redirect_uris": list(self.post_logout_redirect_uris),
            "scopes": sorted(self.scopes),
            "token_alg": self.token_alg,
            "kind": self.kind,
            "strict": self.strict,
            "certificates": [
                {"hash": hash_of(one), "expires": one.not_valid_after_utc.isoformat()}
                for one in self.certificates
            ],
        }


def load_clients(path: Path) -> tuple[Client, ...]:
    """Read the YAML list of clients; certificate paths are relative to the file.

    Raises:
        FieldError: an entry is wrong, or a certificate cannot be read.
        OSError: the file cannot be read.
    """
    raw = read_yaml(path)
    if not isinstance(raw, list):
        msg = "a list of clients is expected"
        raise FieldError(msg)
    return tuple(_load(item, path.parent) for item in cast("list[object]", raw))


def read_client(fields: Fields, pem: bytes | None) -> Client:
    """Make a client of fields from outside and its certificates, one PEM after another.

    Raises:
        FieldError: a field is wrong.
    """
    kind = Kind(fields.choice("kind", tuple(Kind), Kind.ESIA))
    alg = TokenAlg(fields.choice("token_alg", tuple(TokenAlg), TokenAlg.RS256))
    secret = fields.optional_text("secret", longest=200)
    addresses = {name: fields.texts(name) for name in _ADDRESSES}
    _check_addresses(kind, fields, addresses)
    _check_kind(kind, alg, secret, pem)
    client_id = fields.text("client_id", longest=64)
    return Client(
        client_id=client_id,
        name=fields.optional_text("name", longest=200) or client_id,
        certificates=_certificates(pem) if pem is not None else (),
        redirect_domains=tuple(domain.lower() for domain in fields.texts("redirect_domains")),
        redirect_uris=addresses["redirect_uris"],
        post_logout_redirect_uris=addresses["post_logout_redirect_uris"],
        scopes=_scopes(fields),
        token_alg=alg,
        kind=kind,
        strict=fields.flag("strict", default=True),
        secret=secret,
    )


def _check_kind(kind: Kind, alg: TokenAlg, secret: str | None, pem: bytes | None) -> None:
    if kind is Kind.ESIA and secret is not None:
        raise FieldError("secret: only a client of kind oidc has one; ESIA's sign")
    if kind is Kind.ESIA and pem is None:
        raise FieldError("certificate: a PEM certificate is expected")
    if kind is Kind.OIDC and not secret:
        raise FieldError("secret: a client of kind oidc needs one")
    if kind is Kind.OIDC and alg is not TokenAlg.RS256:
        raise FieldError("token_alg: a client of kind oidc gets RS256, JWKS knows no GOST")


def _check_addresses(kind: Kind, fields: Fields, addresses: dict[str, tuple[str, ...]]) -> None:
    for name, values in addresses.items():
        if kind is not Kind.OIDC and name in fields:
            raise FieldError(f"{name}: only a client of kind oidc has them")
        if not all(_is_address(value) for value in values):
            raise FieldError(f"{name}: whole addresses by http or https are expected, no fragment")


def _is_address(value: str) -> bool:
    """Tell whether the browser can be sent there (RFC 6749 §3.1.2)."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    is_plain = value.isascii() and value.isprintable() and " " not in value and "#" not in value
    return is_plain and parts.scheme in {"http", "https"} and bool(parts.hostname)


def _scopes(fields: Fields) -> frozenset[str]:
    asked = frozenset(fields.texts("scopes")) or frozenset(scopes.TITLES)
    unknown = sorted(asked - scopes.TITLES.keys())
    if unknown:
        msg = f"scopes: unknown {', '.join(unknown)}"
        raise FieldError(msg)
    return asked


def _load(raw: object, folder: Path) -> Client:
    fields = Fields(raw, FIELDS)
    name = fields.optional_text("certificate")
    if name is None:
        return read_client(fields, None)
    path = folder / name
    try:
        pem = path.read_bytes()
    except OSError as error:
        msg = f"certificate: {path} cannot be read"
        raise FieldError(msg) from error
    return read_client(fields, pem)


def _certificates(pem: bytes) -> tuple[x509.Certificate, ...]:
    try:
        certificates = tuple(x509.load_pem_x509_certificates(pem))
        for one in certificates:
            key_of(one)
    except (ValueError, TypeError, UnicodeError) as error:
        msg = "certificate: a PEM certificate is expected"
        raise FieldError(msg) from error
    return certificates
