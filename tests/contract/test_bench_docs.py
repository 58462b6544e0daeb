"""The examples of docs/test-bench.md do what they say."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from esia_sim import Config, run_in_thread

DOC = Path("docs/test-bench.md").read_text(encoding="utf-8")
USUAL = "http://localhost:2910"
PYTHON = re.findall(r"```python\n(.*?)```", DOC, re.DOTALL)
BASH = shutil.which("bash") or "bash"
CURL = re.findall(r"^curl (?:.*\\\n)*.*$", DOC, re.MULTILINE)


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with run_in_thread(Config()) as esia:
        yield esia.url


@pytest.mark.parametrize("example", PYTHON)
def test_an_example_in_python_runs(url: str, example: str):
    exec(compile(example.replace(USUAL, url), "docs/test-bench.md", "exec"), {})  # noqa: S102 - our own examples


@pytest.mark.parametrize("example", CURL)
@pytest.mark.skipif(
    not (shutil.which("curl") and shutil.which("bash")), reason="there is no curl here"
)
def test_an_example_for_curl_is_answered_without_an_error(url: str, example: str):
    command = example.replace(USUAL, url).replace("curl -s", "curl -s --fail-with-body")

    done = subprocess.run(
        [BASH, "-c", command], capture_output=True, text=True, timeout=30, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr
    if done.stdout and "mermaid" not in command:
        json.loads(done.stdout)
