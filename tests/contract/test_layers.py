"""Who may open which door: the import contracts of pyproject.toml."""

import subprocess
import sys


def test_every_import_contract_is_kept():
    made = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports; exit(lint_imports())"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert made.returncode == 0, made.stdout + made.stderr
