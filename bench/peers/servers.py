"""The peers: where they come from, how each is started, and what a round with it contains."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from stand import npm
from stand.processes import WINDOWS, Process

HOME = Path("var/peers")
NODE = {"oauth2-mock-server": "8.2.3", "oidc-provider": "9.13.3"}
PYTHON = (
    "oidc-provider-mock==0.3.4", "Authlib==1.9.10", "Flask==3.1.3", "Werkzeug==3.1.9",
    "uvicorn==0.54.0", "joserfc==1.8.0", "cryptography==50.0.2", "pydantic==2.14.4",
)  # fmt: skip
BACK = "http://localhost/back"
CLIENT = {"client_id": "WEB", "client_secret": "s3cret"}


@dataclass(frozen=True)
class Peer:
    """Another simulator. `signatures` are those of RSA in one round."""

    name: str
    program: str
    command: tuple[str, ...]
    signatures: int
    contains: str

    def start(self, port: int, folder: Path) -> Process:
        """Start it at a port, with a log in this folder."""
        told = [part.replace("{port}", str(port)) for part in self.command]
        log = folder / f"{self.name}.log"
        return Process(self.name, told, {"NO_COLOR": "1"}, log, program=self.program)


def installed() -> list[Peer]:
    """Fetch what is not there yet, in pinned versions; the peers that this machine can run."""
    return [*_of_node(), *_of_python()]


def _of_node() -> list[Peer]:
    try:
        home = npm.install(HOME / "node", NODE)
    except npm.NotInstallable as reason:
        print(f"peers of Node cannot be measured: {reason}")
        return []
    for script in Path(__file__).parent.glob("*.mjs"):
        shutil.copyfile(script, home / script.name)
    node = shutil.which("node") or "node"
    client = json.dumps({**CLIENT, "redirect_uris": [BACK]})
    return [
        Peer(
            "oauth2-mock-server",
            node,
            (str(home / "oauth2_mock_server.mjs"), "{port}"),
            signatures=2,
            contains="authorize (no page, always the same person), token, userinfo",
        ),
        Peer(
            "oidc-provider",
            node,
            (str(home / "oidc_provider.mjs"), "{port}", client),
            signatures=1,
            contains="authorize, page and form of login, page and form of consent, token (opaque"
            " access token), userinfo",
        ),
    ]


def _of_python() -> list[Peer]:
    home = (HOME / "python").absolute()
    program = home / ("Scripts/python.exe" if WINDOWS else "bin/python")
    wanted = home / "wanted.json"
    if not (wanted.exists() and wanted.read_text("utf-8") == json.dumps(PYTHON)):
        made = _made(home, program)
        if made.returncode:
            print(f"the peer of Python cannot be measured: {made.stderr.strip()[-300:]}")
            return []
        wanted.write_text(json.dumps(PYTHON), "utf-8")
    return [
        Peer(
            "oidc-provider-mock",
            str(program),
            ("-m", "oidc_provider_mock", "--port", "{port}"),
            signatures=1,
            contains="authorize: page and form of login, token (opaque access token), userinfo",
        )
    ]


def _made(home: Path, program: Path) -> "subprocess.CompletedProcess[str]":
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
    asked = [str(program), "-m", "pip", "install", "--quiet", *PYTHON]
    return subprocess.run(asked, capture_output=True, text=True, check=False)
