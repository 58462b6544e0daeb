"""Image and compose file of deploy/: linted, complete, and free of secrets."""

import fnmatch
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose

from zdrav29_app.settings import Settings

DOCKERFILE, COMPOSE = Path("deploy/Dockerfile"), Path("deploy/compose.yaml")
TEXT = DOCKERFILE.read_text("utf-8")
BIN = Path(sys.executable).parent
# told why: databases need to change their user at start, the proxy is what the outside reaches
ALLOWED = {"CL-0005", "CL-0006", "CL-0007", "CL-0019", "CL-0026"}
NAMES_ONLY = {"ZDRAV29_SECRETS_DIR"}  # looks like a secret, and is the name of a folder


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services, with what they share filled in."""
    return yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]


def test_hadolint_finds_no_fault_in_the_image():
    told = subprocess.run([BIN / "hadolint", DOCKERFILE], capture_output=True, check=False)

    assert told.returncode == 0, told.stdout.decode()


def test_the_compose_file_follows_its_specification():
    filled_in = re.sub(r"\$\{\w+:[-?]([^}]*)\}", r"\1", COMPOSE.read_text("utf-8"))
    plain = yaml.safe_load(filled_in)  # the library knows neither variables nor merged keys
    compose = PyCompose.from_json(json.dumps(plain))

    compose.validate()

    wanted = {"cabinet-1", "cabinet-2", "simulator", "database", "redis", "proxy", "prepare"}
    assert set(compose.service_names()) == wanted


def test_the_compose_file_leaves_no_door_open_but_those_we_know():
    command = [BIN / "compose-lint", "--format", "json", COMPOSE]
    told = subprocess.run(command, capture_output=True, check=False)

    findings = json.loads(told.stdout)["findings"]

    unknown = [
        one
        for one in findings
        if one["rule_id"] not in ALLOWED and not any(n in one["message"] for n in NAMES_ONLY)
    ]
    assert unknown == []


def test_nobody_is_root_in_the_image():
    last = TEXT.rpartition("\nFROM ")[2]

    assert re.findall(r"^USER (\S+)", last, re.MULTILINE) == ["10029"]


def test_images_are_pinned_by_their_tag(services: dict[str, Any]):
    bases = re.findall(r"^FROM (\S+)", TEXT, re.MULTILINE)
    images = [each["image"] for each in services.values() if "build" not in each]

    assert all(re.fullmatch(r"[a-z]+:\d[\w.-]*", name) for name in {*bases, *images})


def test_compose_and_image_set_nothing_that_is_no_setting(services: dict[str, Any]):
    known = {f"ZDRAV29_{name.upper()}" for name in Settings.model_fields}
    of_stand = set(re.findall(r"`(ESIA_SIM_\w+)`", Path("esia_sim/README.md").read_text("utf-8")))
    named = set(re.findall(r"\b(ZDRAV29_\w+)=", TEXT))
    for service in services.values():
        named |= set(service.get("environment", {}))

    ours = {name for name in named if name.startswith(("ZDRAV29_", "ESIA_SIM_"))}

    assert ours <= known | of_stand


def test_what_workers_cannot_do_without_is_set(services: dict[str, Any]):
    for name in ("cabinet-1", "cabinet-2"):
        worker = services[name]
        told = {*worker["environment"], *(secret.upper() for secret in worker["secrets"])}
        told |= set(re.findall(r"\b(ZDRAV29_\w+)=", TEXT))

        assert told >= {
            "ZDRAV29_PUBLIC_URL",
            "ZDRAV29_STAND",
            "ZDRAV29_TRUSTED_PROXY_HOPS",
            "ZDRAV29_REDIS_URL",
            "ZDRAV29_DATABASE_URL",
            "ZDRAV29_DATA_DIR",
            "ZDRAV29_ESIA_URL",
        }


def test_secrets_come_from_files_that_the_image_does_not_hold():
    compose = yaml.safe_load(COMPOSE.read_text("utf-8"))
    ignored = Path(".dockerignore").read_text("utf-8").split()
    let_in = [line[1:] for line in ignored if line.startswith("!")]

    files = [Path("deploy") / secret["file"] for secret in compose["secrets"].values()]

    assert "*" in ignored
    assert not any(fnmatch.fnmatch(str(file), mask) for file in files for mask in let_in)


def test_everything_the_image_is_built_from_is_let_in_and_exists():
    lines = Path(".dockerignore").read_text("utf-8").splitlines()
    masks = [line[1:] for line in lines if line.startswith("!")]

    assert all(list(Path().glob(mask)) for mask in masks)
    imported = {"zdrav29_app", "esia_sim", "stand", "migrations", "assets", "rxconfig.py"}
    assert imported <= set(masks)


class _Answer(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self):
        """Answer `/readyz` as the test wants."""
        self.send_response(self.status if self.path == "/readyz" else 404)
        self.end_headers()

    def log_message(self, *_: object):
        """Say nothing."""


@pytest.fixture
def cabinet() -> Iterator[HTTPServer]:
    """Something that answers like a worker."""
    with HTTPServer(("127.0.0.1", 0), _Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "is_healthy"), [(200, True), (503, False)])
def test_the_health_check_of_the_image_asks_whether_it_can_serve(
    cabinet: HTTPServer, monkeypatch: pytest.MonkeyPatch, status: int, is_healthy: bool
):
    monkeypatch.setattr(_Answer, "status", status)
    [written] = re.findall(r"HEALTHCHECK .*\\\n +CMD (\[.*\])", TEXT)
    _, *arguments = json.loads(written)

    asked = subprocess.run(
        [sys.executable, *arguments],
        env={"ZDRAV29_PORT": str(cabinet.server_port)},
        capture_output=True,
        check=False,
    )

    assert (asked.returncode == 0) is is_healthy
