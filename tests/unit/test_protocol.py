"""The protocol of the suite: every row, its tests, their results, a verdict."""

import json
import re
from pathlib import Path

import pytest
import yaml

from stand import protocol

JUNIT = """<testsuites><testsuite>
<testcase classname="tests.e2e.test_booking" name="test_b1_books[chromium]" time="1.5">
<properties><property name="picture" value="pictures/b1.jpg"/></properties></testcase>
<testcase classname="tests.unit.test_x" name="test_b1_rule" time="0.1"/>
<testcase classname="tests.e2e.test_booking" name="test_b2_confirms" time="1">
<failure message="no &lt;SMS&gt;"/></testcase>
<testcase classname="tests.unit.test_x" name="test_b3_moves" time="0.1"/>
<testcase classname="tests.unit.test_x" name="test_of_no_row" time="0.1"/>
</testsuite></testsuites>"""
ROWS = "B1: Запись\nB2: Подтверждение\nB3: Отмена\nB4: <История>\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    (tmp_path / "junit.xml").write_text(JUNIT, encoding="utf-8")
    (tmp_path / "rows.yaml").write_text(ROWS, encoding="utf-8")
    return tmp_path


def test_a_row_is_proved_by_a_test_in_the_browser_and_by_no_failure(report: Path):
    protocol.write(report, report / "rows.yaml")

    rows = json.loads((report / "protocol.json").read_text(encoding="utf-8"))["rows"]
    assert {row["id"]: row["verdict"] for row in rows} == {
        "B1": "proved",
        "B2": "failed",
        "B3": "untested",
        "B4": "untested",
    }
    assert rows[0]["tests"][0]["picture"] == "pictures/b1.jpg"


def test_the_page_shows_every_row_with_its_pictures(report: Path):
    protocol.write(report, report / "rows.yaml")

    page = (report / "protocol.html").read_text(encoding="utf-8")
    assert "Испытано 1 из 4" in page
    assert 'src="pictures/b1.jpg"' in page
    assert "&lt;История&gt;" in page


def test_what_only_tests_name_stands_behind_the_list_and_does_not_count(report: Path):
    (report / "rows.yaml").write_text("B1: Запись\n", encoding="utf-8")

    protocol.write(report, report / "rows.yaml")

    rows = json.loads((report / "protocol.json").read_text(encoding="utf-8"))["rows"]
    assert [(row["id"], row["is_asked"]) for row in rows] == [
        ("B1", True),
        ("B2", False),
        ("B3", False),
    ]
    assert "Испытано 1 из 1" in (report / "protocol.html").read_text(encoding="utf-8")


def test_every_row_of_the_list_is_an_id_with_words():
    rows = yaml.safe_load(protocol.ROWS.read_text(encoding="utf-8"))

    assert len(rows) == 45
    assert all(re.fullmatch(r"[A-Z]\d{1,2}", name) and words for name, words in rows.items())


def test_the_gate_finds_what_was_tested_and_what_failed_besides_rows(report: Path):
    run = protocol.Run(commit="7ea82ba", chosen="-k booking", faults=("ruff check",))

    protocol.write(report, report / "rows.yaml", run)

    told = json.loads((report / "protocol.json").read_text(encoding="utf-8"))
    assert (told["commit"], told["chosen"]) == ("7ea82ba", "-k booking")
    assert told["failed"] == ["ruff check", "test_b2_confirms"]
