"""A certified relying party judges the OpenID Connect of the simulator, check by check."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from esia_sim import Config, run_in_thread
from stand.npm import NotInstallable, install

PACKAGES = {"openid-client": "6.9.0", "oauth4webapi": "3.8.8", "jose": "6.2.15"}
CHECKS = Path(__file__).with_name("relying_party_checks.mjs")
SCRIPTS = (CHECKS, CHECKS.with_name("relying_party.mjs"))
NODE = shutil.which("node") or "node"
HOME = Path("var/relying-party")
NAMES = re.findall(r"^test\('(.+?)'", CHECKS.read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What came of each check by its name: nothing, or why it failed."""
    try:
        home = install(HOME, PACKAGES)
    except NotInstallable as reason:
        pytest.skip(f"openid-client cannot be tried: {reason}")
    for script in SCRIPTS:
        shutil.copyfile(script, home / script.name)
    report = tmp_path_factory.mktemp("judge") / "report.xml"
    to = ("--test-reporter=junit", f"--test-reporter-destination={report}")
    with run_in_thread(Config()) as esia:
        env = {**os.environ, "ESIA_URL": esia.url}
        subprocess.run(
            [NODE, "--test", *to, home / CHECKS.name], env=env, capture_output=True, check=False
        )
    checks = etree.parse(report).iterfind(".//*[@name]")
    return {str(one.get("name")): complaints(one) for one in checks}


def complaints(check: etree._Element) -> str:
    """What a check, or a part of it, failed of."""
    return "\n".join(f"{one.get('message')}\n{one.text}" for one in check.iter("failure"))


@pytest.mark.parametrize("name", NAMES)
def test_the_relying_party_finds_that(verdicts: dict[str, str], name: str):
    if complaint := verdicts[name]:
        pytest.fail(complaint, pytrace=False)
