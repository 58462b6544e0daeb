#!/usr/bin/env python3
"""Every command of the project; standard library only, so that it runs on a bare machine.

`python3 run.py help` lists the commands. The Makefile is a thin face of this file.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = os.name == "nt"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
RUN_LOCK, TEST_LOCK = ROOT / "lock" / "run.txt", ROOT / "lock" / "test.txt"
OLDEST = (3, 11)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


def setup() -> int:
    """make the environment and install the pinned dependencies"""
    install(RUN_LOCK)
    return 0


def build() -> int:
    """build the front end if it is stale"""
    install(RUN_LOCK)
    return call("-m", "stand.build")


def demo() -> int:
    """serve cabinet and simulator until Ctrl-C, and say who can sign in"""
    install(RUN_LOCK)
    return become("-m", "stand.demo")


def room() -> int:
    """serve N stands side by side for a class, and one page of addresses; N=12"""
    install(RUN_LOCK)
    return become("-m", "stand.room", *sys.argv[2:])


def test() -> int:
    """lint, types, walls, unit, contract and browser tests; ARGS='-k booking', HEADED=1"""
    install(TEST_LOCK)
    find_browser()
    return become("-m", "stand.check", *sys.argv[2:])


def reset() -> int:
    """make the demo data as new"""
    install(RUN_LOCK)
    return call("-m", "stand.reset")


def region() -> int:
    """fill an empty database with a whole region; ARGS='--scale 0.01 --digest'"""
    install(RUN_LOCK)
    return call("-m", "zdrav29_app.demo.region", *sys.argv[2:])


def backup() -> int:
    """copy database, documents and keys into one encrypted file, while all runs"""
    install(RUN_LOCK)
    return call("-m", "zdrav29_app.backup", "make", *sys.argv[2:])


def restore() -> int:
    """fill an empty stand from a backup; ARGS='<file> --key <identity>'"""
    install(RUN_LOCK)
    return call("-m", "zdrav29_app.backup", "restore", *sys.argv[2:])


def bench() -> int:
    """measure, print ratios, write bench/results/"""
    install(TEST_LOCK)
    find_browser()
    return call("-m", "bench", *sys.argv[2:])


def shots() -> int:
    """take pictures of every screen into var/shots/"""
    install(TEST_LOCK)
    find_browser()
    return call("-m", "stand.shots", *sys.argv[2:])


def lock() -> int:
    """make the Python lock files anew from pyproject.toml"""
    install(TEST_LOCK)
    return call("-m", "stand.lock", *sys.argv[2:])


def bundle() -> int:
    """pack the demo into one file for a machine of this system without a network"""
    install(RUN_LOCK)
    return call("-m", "stand.bundle")


def release() -> int:
    """refuse, with every reason, or write var/release/<version>/; ARGS='--version 1.0.0'"""
    install(TEST_LOCK)
    return call("-m", "stand.release", *sys.argv[2:])


def show_help() -> int:
    """list the commands"""
    for name, command in COMMANDS.items():
        print(f"  {name:<8}{command.__doc__}")
    return 0


COMMANDS = {
    "demo": demo,
    "room": room,
    "test": test,
    "setup": setup,
    "build": build,
    "reset": reset,
    "region": region,
    "backup": backup,
    "restore": restore,
    "bench": bench,
    "shots": shots,
    "lock": lock,
    "bundle": bundle,
    "release": release,
    "help": show_help,
}


def install(wanted: Path) -> None:
    """Bring the environment up to a lock file; nothing happens when it is there already."""
    stamp = VENV / "installed.txt"
    mark = hashlib.sha256(wanted.read_bytes()).hexdigest()
    installed = stamp.read_text().split() if stamp.is_file() else []
    if mark in installed and PYTHON.is_file():
        return
    if not PYTHON.is_file():
        print("Making the environment in .venv…", flush=True)
        venv.create(VENV, with_pip=True)
    print(f"Installing {wanted.relative_to(ROOT).as_posix()}…", flush=True)
    # the lock names every package there is to be: nothing is left to resolve
    pip = ["-m", "pip", "install", "-q", "--disable-pip-version-check"]
    pip += ["--require-hashes", "--no-deps"]
    if call(*pip, "-r", str(wanted)):
        sys.exit("The dependencies could not be installed.")
    # the set for tests contains the one for running
    marks = {hashlib.sha256(RUN_LOCK.read_bytes()).hexdigest(), mark}
    stamp.write_text("\n".join(sorted(marks)))


def find_browser() -> None:
    """See that there is a Chromium; install Debian's where we may."""
    if os.environ.get("ZDRAV29_BROWSER") or any(shutil.which(name) for name in BROWSERS):
        return
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Chromium…", flush=True)
        packages = ["chromium", "chromium-l10n", "chromium-headless-shell"]
        for step in (["update", "-qq"], ["install", "-y", "-qq", *packages]):
            subprocess.run(
                ["apt-get", *step],
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                stdout=subprocess.DEVNULL,
                check=False,
            )
    if not any(shutil.which(name) for name in BROWSERS):
        sys.exit("No browser found. Install Chromium, or set ZDRAV29_BROWSER to one.")


def call(*arguments: str) -> int:
    """Run the environment's Python and return its exit code."""
    try:
        return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=environment()).returncode
    except KeyboardInterrupt:
        return 130


def become(*arguments: str) -> int:
    """Go on as the environment's Python, so that signals reach the command itself."""
    if WINDOWS:
        return call(*arguments)
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), *arguments], environment())


def environment() -> dict[str, str]:
    """What every command runs under."""
    return {**os.environ, "PYTHONUTF8": "1", "REFLEX_TELEMETRY_ENABLED": "false"}


def main() -> int:
    """Run the command that was asked for."""
    if sys.version_info < OLDEST:
        sys.exit(f"Python {'.'.join(map(str, OLDEST))} or newer is needed.")
    name = sys.argv[1] if len(sys.argv) > 1 else "help"
    if name not in COMMANDS:
        sys.exit(f"Unknown command {name!r}. `python3 run.py help` lists them.")
    return COMMANDS[name]()


if __name__ == "__main__":
    sys.exit(main())
