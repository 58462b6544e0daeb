"""What a client system needs to speak with ESIA: a key, a certificate, a registration."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from esia_sim import gost, gost_certificates
from zdrav29_app.gateways import esia
from zdrav29_app.settings import EsiaProtocol

CLIENT_ID = "ZDRAV29"
VALID_FOR = timedelta(days=3650)
_TOKEN_ALGS = {EsiaProtocol.V1: "RS256", EsiaProtocol.V2: "GOST3410_2012_256"}


def prepare(
    data_dir: Path,
    protocol: EsiaProtocol | None = None,
    *,
    host: str = "localhost",
) -> Path:
    """Make keys, certificates and the simulator's list of clients where absent; returns the list.

    Both certificates are registered; the protocol (default: that of the environment, as the cabinet
    will read it) decides what the tokens are signed with.
    """
    protocol = protocol or EsiaProtocol(os.environ.get("ZDRAV29_ESIA_PROTOCOL", EsiaProtocol.V1))
    keys = data_dir / "keys"
    keys.mkdir(parents=True, exist_ok=True)
    if not (keys / "esia_client.crt").is_file():
        _make_pair(keys / "esia_client.key", keys / "esia_client.crt")
    if not (keys / "esia_client_gost.crt").is_file():
        _make_gost_pair(keys / "esia_client_gost.key", keys / "esia_client_gost.crt")
    both = [(keys / f"esia_client{kind}.crt").read_text() for kind in ("", "_gost")]
    (keys / "esia_clients.crt").write_text("".join(both))
    clients = data_dir / "esia" / "clients.yaml"
    clients.parent.mkdir(parents=True, exist_ok=True)
    registration = {
        "client_id": CLIENT_ID,
        "name": "Здрав29",
        "certificate": "../keys/esia_clients.crt",
        "redirect_domains": sorted({"localhost", "127.0.0.1", host}),
        "scopes": esia.SCOPES.split(),
        "token_alg": _TOKEN_ALGS[protocol],
    }
    clients.write_text(yaml.safe_dump([registration], allow_unicode=True), encoding="utf-8")
    return clients


def _make_pair(key_file: Path, certificate_file: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key_file.touch(mode=0o600)
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, CLIENT_ID)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
        .sign(key, hashes.SHA256())
    )
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _make_gost_pair(key_file: Path, certificate_file: Path) -> None:
    key, now = gost.PrivateKey.generate(), datetime.now(UTC)
    key_file.touch(mode=0o600)
    key_file.write_bytes(gost_certificates.write_private_key(key))
    certificate_file.write_bytes(
        gost_certificates.make_certificate(
            key, CLIENT_ID, begins=now - timedelta(days=1), ends=now + VALID_FOR
        )
    )
