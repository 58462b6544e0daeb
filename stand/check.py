"""`make test`: every check there is; later ones run although earlier ones failed.

pytest comes last, so that its summary is the last line.
"""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from stand import protocol, tree
from stand.build import build_if_stale

REPORT = Path("var/report")
WORKERS = 4  # browser tests wait more than they work, also on two cores
STATIC = (
    ("ruff", "check", "--quiet", "."),
    ("ruff", "format", "--check", "--quiet", "."),
    ("basedpyright", "--level", "error"),
)


def main() -> int:
    """Run the checks; returns 0 when all of them passed."""
    chosen = sys.argv[1:]
    # dozens of servers start here, and each would compile the whole program anew
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    commit = tree.clean_commit(Path())
    REPORT.mkdir(parents=True, exist_ok=True)
    failed = [] if chosen else [tool for tool in STATIC if _run(*tool)]
    build_if_stale()
    # a stand that is up already is one world, where parallel tests would meet each other's people
    alone = os.environ.get("HEADED") or os.environ.get("ZDRAV29_E2E_URL")
    workers = 1 if alone else WORKERS
    headed = ["--headed"] if os.environ.get("HEADED") else []
    report = [f"--junitxml={REPORT}/junit.xml", f"--output={REPORT}/traces"]
    report += ["--tracing=retain-on-failure", "--screenshot=only-on-failure"]
    os.environ["ZDRAV29_REPORT"] = str(REPORT.resolve())  # tests of rows leave pictures there
    shutil.rmtree(REPORT / "pictures", ignore_errors=True)
    (REPORT / "junit.xml").unlink(missing_ok=True)
    # what a file stands on is started once; the order is ours: what is short comes last
    spread = ["-n", str(workers), "--dist=loadfile", "--no-loadscope-reorder"]
    code = _run("pytest", *spread, *headed, *report, *chosen)
    faults = tuple(shlex.join(tool) for tool in failed)
    _write_protocol(protocol.Run(still(commit), shlex.join(chosen), faults))
    for tool in failed:
        print(f"FAILED: {shlex.join(tool)}", file=sys.stderr)
    return code or bool(failed)


def still(commit: str) -> str:
    """The commit, unless a file was changed or another one checked out meanwhile."""
    return commit if commit == tree.clean_commit(Path()) else ""


def _write_protocol(run: protocol.Run) -> None:
    # pytest's own summary stays the last line of the output
    if (REPORT / "junit.xml").is_file():
        protocol.write(REPORT, run=run)


def _run(tool: str, *arguments: str) -> int:
    print(f"· {tool} {shlex.join(arguments)}", flush=True)
    return subprocess.run([sys.executable, "-m", tool, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
