"""The simulator stands alone: it answers where neither the cabinet nor its framework exists."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys

for name in ("zdrav29_app", "reflex", "sqlmodel", "sqlalchemy"):
    sys.modules[name] = None

import httpx
from esia_sim import run_in_thread

with run_in_thread() as esia:
    print(httpx.get(f"{esia.url}/_sim/health", trust_env=False).status_code)
"""


def test_simulator_answers_in_a_process_without_the_cabinet():
    root = Path(__file__).parents[2]

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout.strip() == "200", done.stderr
