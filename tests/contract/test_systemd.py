"""The units of deploy/systemd: systemd takes them, and their commands serve and stop cleanly."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from stand import keys
from tests.proxy import free_ports
from tests.waiting import answers, wait_until
from zdrav29_app.settings import Settings

UNITS = Path("deploy/systemd")
ROOT = Path.cwd()
NO_SYSTEMD = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="no systemd on this machine: units were not judged"
)
SERVICES = sorted(file.name for file in UNITS.glob("*.service"))
EXPOSURE = {
    "zdrav29@.service": "20",
    "zdrav29-migrate.service": "45",
    "zdrav29-proxy.service": "55",
}


def _analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@NO_SYSTEMD
@pytest.mark.parametrize("name", [*SERVICES, "zdrav29.target"])
def test_systemd_finds_no_fault_in_a_unit(name: str):
    told = _analyze("verify", str(UNITS / name)).stderr.splitlines()

    # the project does not lie there on this machine, nor need nginx
    faults = [line for line in told if "is not executable" not in line]

    assert faults == []


@NO_SYSTEMD
@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_shut_in_as_far_as_it_goes(name: str):
    judged = _analyze(
        "security", "--offline=true", f"--threshold={EXPOSURE[name]}", str(UNITS / name)
    )

    assert judged.returncode == 0, judged.stdout[-200:]


def _lines(unit: str, name: str) -> list[str]:
    text = (UNITS / unit).read_text("utf-8")
    return [line.partition("=")[2] for line in text.splitlines() if line.startswith(f"{name}=")]


class Unit:
    """What systemd makes of a unit, but for the shutting in: specifiers, folders, credentials."""

    def __init__(self, name: str, folder: Path, instance: str = "") -> None:
        self._name = name
        self._means = {
            "%i": instance,
            "%d": str(folder / "credentials"),
            "%S": str(folder / "state"),
            "/opt/zdrav29/.venv/bin/python": sys.executable,
            "/opt/zdrav29": str(ROOT),
        }
        [secrets] = _lines(name, "LoadCredential")
        prefix, _, kept = secrets.partition(":")
        loaded = folder / "credentials"
        loaded.mkdir(exist_ok=True)
        for file in (folder / Path(kept).name).iterdir():  # a folder: each name gets the prefix
            shutil.copy(file, loaded / f"{prefix}_{file.name}")
        (folder / "state" / _lines(name, "StateDirectory")[0]).mkdir(parents=True, exist_ok=True)

    def start(self, settings: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
        """Start its command as systemd would, with the settings of its file."""
        told = [pair for line in _lines(self._name, "Environment") for pair in shlex.split(line)]
        variables = dict(self._meant(pair).split("=", 1) for pair in told)
        [command] = _lines(self._name, "ExecStart")
        [place] = _lines(self._name, "WorkingDirectory")
        kept = {"PATH": os.environ["PATH"]}
        with log.open("wb") as out:
            return subprocess.Popen(
                [self._meant(word) for word in shlex.split(command)],
                env={**kept, **variables, **settings},
                cwd=self._meant(place),
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    def _meant(self, words: str) -> str:
        for written, meant in self._means.items():
            words = words.replace(written, meant)
        return words


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A folder with the secrets of a site, as an administrator lays them down."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    keys.prepare(tmp_path / "made")
    for name in ("client.key", "client.crt"):
        shutil.copy(tmp_path / "made" / "keys" / f"esia_{name}", secrets / name)
    shutil.copy(secrets / "client.crt", secrets / "esia.crt")
    (secrets / "files_key").write_text("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=\n")
    (secrets / "smtp_url").write_text("smtp://user:password@mail.example:587\n")
    return tmp_path


def test_the_commands_of_the_units_migrate_serve_and_stop_cleanly(kept: Path):
    [port] = free_ports(1)
    settings = {
        "ZDRAV29_MODE": "production",
        "ZDRAV29_PUBLIC_URL": "https://zdrav29.example",
        "ZDRAV29_SMS_URL": "https://sms.example",
    }
    migrated = Unit("zdrav29-migrate.service", kept).start(settings, kept / "migrate.log")
    assert migrated.wait(120) == 0, (kept / "migrate.log").read_text("utf-8")

    worker = Unit("zdrav29@.service", kept, str(port)).start(settings, kept / "worker.log")
    try:
        wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), seconds=90)
        worker.send_signal(signal.SIGTERM)
        ended = worker.wait(30)
    finally:
        os.killpg(worker.pid, signal.SIGKILL) if worker.poll() is None else None

    assert ended == 0, (kept / "worker.log").read_text("utf-8")
    assert (kept / "state" / "zdrav29" / "zdrav29.sqlite").is_file()


@pytest.mark.parametrize("unit", ["zdrav29@.service", "zdrav29-migrate.service"])
def test_units_set_nothing_that_is_no_setting(unit: str):
    told = [pair for line in _lines(unit, "Environment") for pair in shlex.split(line)]
    names = {pair.partition("=")[0] for pair in told}

    known = {f"ZDRAV29_{name.upper()}" for name in Settings.model_fields}

    assert {name for name in names if name.startswith("ZDRAV29_")} <= known
