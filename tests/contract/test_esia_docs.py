"""docs/esia.md and esia_sim/README.md say what the simulator does."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from starlette.routing import Route

from esia_sim import create_app
from esia_sim.__main__ import read_config
from esia_sim.assumed import Assumed, Limits, load_assumptions
from esia_sim.clients import FIELDS
from esia_sim.esia_codes import ANSWERS, Code
from esia_sim.fields import FieldError
from esia_sim.magic import MEANINGS

DOC = Path("docs/esia.md").read_text(encoding="utf-8")
README = Path("esia_sim/README.md").read_text(encoding="utf-8")
SETTINGS = {
    one.name: getattr(usual, one.name) for usual in (Limits(), Assumed()) for one in fields(usual)
}
# the rows of the table at the end of the protocol reference
CASES = [
    f"{letter}{number}"
    for letter, count in (("A", 9), ("B", 7), ("C", 8), ("T", 3), ("R", 5), ("L", 1))
    for number in range(1, count + 1)
]
WIRE = ("/aas/", "/rs/", "/idp/", "/public/", "/oidc/", "/.well-known/")


def rows(start: str) -> list[list[str]]:
    lines = [line for line in DOC.splitlines() if line.startswith(f"| `{start}")]
    return [[cell.strip(" `") for cell in line.strip("|").split(" | ")] for line in lines]


def test_every_code_stands_in_the_table_with_what_is_said():
    table = {row[0]: row[1:4] for row in rows("ESIA-")}

    told = {
        code.value: [answer.error, answer.text, "yes" if answer.observed else "no"]
        for code, answer in ANSWERS.items()
    }

    assert table == told
    assert list(table) == [code.value for code in Code]


def test_every_setting_stands_in_the_table_with_its_default():
    names = "|".join(SETTINGS)
    table = {row[0]: row[1] for row in rows("") if re.fullmatch(names, row[0])}

    told = {
        name: ", ".join(value) if isinstance(value, tuple) else str(value)
        for name, value in SETTINGS.items()
    }

    assert {
        name: text.capitalize() if text == "true" else text for name, text in table.items()
    } == told


def test_every_address_of_the_wire_stands_in_the_table():
    written = {row[0] for row in rows("/")}
    paths = {route.path for route in create_app().routes if isinstance(route, Route)}
    ours = {path for path in paths if path.startswith(WIRE)} - {"/rs/{path:path}"}

    assert written == ours | {"/rs/prns/{oid}", "/rs/orgs/{oid}"}


def test_every_case_of_the_reference_stands_in_the_table_with_its_tests():
    table = dict(re.findall(r"^\| ([A-Z]\d) \| .* \| (.*) \|$", DOC, re.MULTILINE))

    told = {case: "; ".join(sentences) for case, sentences in sentences_by_case().items()}

    assert table == told


def sentences_by_case() -> dict[str, list[str]]:
    """The sentences of all tests that are named by a case, by the case."""
    found: dict[str, list[str]] = {case: [] for case in CASES}
    for path in sorted(Path("tests/unit/sim").glob("test_*.py")):
        text = path.read_text(encoding="utf-8")
        for cases, sentence in re.findall(r"^def test_((?:[abctrl]\d_)+)(\w+)", text, re.MULTILINE):
            for case in found.keys() & cases.upper().split("_"):
                found[case].append(sentence.replace("_", " "))
    assert all(found.values()), found
    return found


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_of_a_client_is_described(name: str):
    assert f"`{name}`" in README or f"{name}:" in README


def test_every_magic_number_stands_in_the_table_with_what_happens():
    rows = [line.strip("|").split(" | ") for line in README.splitlines() if "| `+79" in line]

    assert {row[0].strip(" `"): row[1].strip() for row in rows} == MEANINGS


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_can_be_set_in_a_file(tmp_path: Path, name: str):
    usual = SETTINGS[name]
    other = {bool: False, int: 7, str: "X", tuple: ["X", "Y"]}[type(usual)]
    file = tmp_path / "assumptions.yaml"
    file.write_text(yaml.safe_dump({name: other}))

    limits, assumed, confirmed = load_assumptions(file)

    assert confirmed == {name}
    read = getattr(limits if hasattr(limits, name) else assumed, name)
    assert (list(read) if isinstance(read, tuple) else read) == other


@pytest.mark.parametrize(
    "text", ["no_such: 1", "code_seconds: soon", "code_seconds: -1", "[1]", "{"]
)
def test_a_wrong_file_of_settings_is_refused_by_name(tmp_path: Path, text: str):
    file = tmp_path / "assumptions.yaml"
    file.write_text(text)

    with pytest.raises(FieldError):
        read_config(["--assumptions", str(file)])
