"""Nothing exists without its row in the tables that people read."""

import re
from pathlib import Path

from zdrav29_app import errors
from zdrav29_app.endpoints import ROUTES
from zdrav29_app.pages import ALL
from zdrav29_app.settings import Settings

README = Path("README.md").read_text(encoding="utf-8")


def test_every_setting_has_a_row_in_the_readme():
    names = {f"ZDRAV29_{name.upper()}" for name in Settings.model_fields}

    missing = {name for name in names if f"`{name}`" not in README}

    assert not missing


def test_the_readme_names_no_setting_that_does_not_exist():
    names = {f"ZDRAV29_{name.upper()}" for name in Settings.model_fields}
    of_the_suite = {"ZDRAV29_E2E_URL"}

    written = set(re.findall(r"`(ZDRAV29_[A-Z0-9_]+)`", README))

    assert written <= names | of_the_suite


def test_every_error_code_has_a_row_in_the_readme():
    codes = {error.code for error in errors.all_errors()}

    missing = {code for code in codes if f"`{code}`" not in README}

    assert not missing


def test_every_address_has_a_row_in_the_readme():
    addresses = {page.route for page in ALL} | {route.path for route in ROUTES}
    addresses -= {"404"}

    written = {re.sub(r"[{\[](\w+)(?::str)?[}\]]", r"<\1>", address) for address in addresses}

    assert {address for address in written if f"`{address}`" not in README} == set()


def test_no_hand_written_script_exists():
    scripts = [*Path("zdrav29_app").rglob("*.js"), *Path("assets").rglob("*.js")]

    assert scripts == []
