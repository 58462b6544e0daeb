"""The examples of docs/test-bench.md do what they say."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from esia_sim import Config, run_in_thread

pytest_plugins = ["pytester"]

DOC = Path("docs/test-bench.md").read_text(encoding="utf-8")
USUAL = "http://localhost:2910"
PYTHON = re.findall(r"```python\n(.*?)```", DOC, re.DOTALL)
FILES = re.findall(r"```python (\S+\.py)\n(.*?)```", DOC, re.DOTALL)
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


def test_the_files_of_a_strict_run_pass_but_for_the_one_that_assumes(pytester: pytest.Pytester):
    assert "\npytest --esia-no-assumptions\n" in DOC
    for name, text in FILES:
        (pytester.path / name).write_text(text, "utf-8")

    result = pytester.runpytest_inprocess(
        *("-p", "esia_sim.pytest_plugin", "-p", "no:playwright", "--esia-no-assumptions")
    )

    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        ["*ERROR at teardown of test_a_sign_in_is_remembered*", "*  id_token_header: *"]
    )
    result.stdout.no_fnmatch_line("*  id_token_seconds: *")
