"""nginx with the configuration of deploy/, on free ports and with a certificate of its own."""

import datetime as dt
import ipaddress
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

KEPT = Path("deploy/nginx")
HOST = "127.0.0.1"  # under https Reflex takes the port away from localhost
DAY = dt.timedelta(days=1)
# as root, nginx would become somebody who may not read a folder of tests
USER = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
_COMMAND = "nginx -p {0} -c nginx.conf -e stderr"


class Proxy:
    """One nginx for a cabinet of some workers and a simulator, all of them on this machine."""

    def __init__(self, folder: Path, workers: list[int], simulator: int, static: Path) -> None:
        if not shutil.which("nginx"):
            pytest.skip("no nginx on this machine: what stands in front was not tried")
        self.folder = folder
        self.cabinet, self.plain, self.simulator = free_ports(3)
        shutil.copytree(KEPT, folder)
        self.certificate = make_certificate(folder)
        self._adapt(simulator, static)
        servers = (f"server 127.0.0.1:{port} max_fails=1 fail_timeout=5s;\n" for port in workers)
        self.workers = folder / "workers.conf"
        self.workers.write_text("".join(servers))
        self._process: subprocess.Popen[bytes] | None = None

    def check(self) -> subprocess.CompletedProcess[str]:
        """Let nginx read its files."""
        return subprocess.run([*self._command(), "-t"], capture_output=True, text=True, check=False)

    def start(self) -> None:
        """Serve until stopped."""
        with (self.folder / "nginx.log").open("wb") as log:
            self._process = subprocess.Popen(
                [*self._command(), "-g", "daemon off;" + USER], stdout=log, stderr=log
            )

    def reload(self) -> None:
        """Let it read its files again while it serves."""
        subprocess.run([*self._command(), "-s", "reload"], check=True, capture_output=True)

    def stop(self) -> None:
        """End it."""
        if self._process:
            self._process.terminate()
            self._process.wait(10)

    def log_text(self) -> str:
        """What it wrote: a line for each request."""
        return (self.folder / "nginx.log").read_text("utf-8")

    def _command(self) -> list[str]:
        return _COMMAND.format(self.folder).split()

    def _adapt(self, simulator: int, static: Path) -> None:
        site = self.folder / "site.conf"
        text = site.read_text("utf-8")
        first, second = self.cabinet, self.simulator
        for kept, ours in {
            "listen 443 ssl http2;\n    server_name zdrav29": f"listen {first} ssl http2;\n    #",
            "listen 443 ssl http2;\n    server_name esia": f"listen {second} ssl http2;\n    #",
            "listen 80": f"listen {self.plain}",
            "syslog:server=unix:/dev/log,nohostname,tag=zdrav29": "/dev/stdout",
            "https://zdrav29.example": f"https://{HOST}:{first}",
            "/etc/zdrav29/tls/": f"{self.folder}/",
            "/var/lib/zdrav29-static": str(static),
            "127.0.0.1:2910": f"127.0.0.1:{simulator}",
        }.items():
            assert kept in text, kept
            text = text.replace(kept, ours)
        site.write_text(text, "utf-8")


def free_ports(number: int) -> list[int]:
    """Ports that nobody listens on."""
    probes = [socket.socket() for _ in range(number)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def make_certificate(folder: Path) -> Path:
    """A certificate of this machine, signed by itself, and its key beside; returns the first."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    names = [x509.IPAddress(ipaddress.ip_address(HOST))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, unlocked = serialization.Encoding.PEM, serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, form, unlocked))
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))
    return folder / "fullchain.pem"
