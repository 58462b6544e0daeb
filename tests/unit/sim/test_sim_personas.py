"""People of one's own, a file for each of them."""

import os
from datetime import date
from pathlib import Path

import pytest

from esia_sim import run_in_thread
from esia_sim.__main__ import main, read_config
from esia_sim.people_fields import load_cast

IVAN = """
oid: 1000000901
last_name: Холмогорский
first_name: Иван
birth_date: 1990-02-03
gender: M
phone: "+7(900)000-09-01"
"""


def test_a_folder_of_files_is_the_cast_and_each_name_is_a_key(tmp_path: Path):
    (tmp_path / "ivan.yaml").write_text(IVAN, "utf-8")
    twin = IVAN.replace("901", "902").replace("09-01", "09-02")
    (tmp_path / "twin.yaml").write_text(twin, "utf-8")
    (tmp_path / "notes.txt").write_text("nobody")

    with run_in_thread(read_config(["--people", str(tmp_path)])) as esia:
        assert [one["key"] for one in esia.people()] == ["ivan", "twin"]
        assert esia.person("ivan")["last_name"] == "Холмогорский"
        assert esia.sign_in("ivan")["value"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (IVAN + "shoe: 42\n", r"ivan\.yaml: .*shoe"),
        (IVAN.replace("1000000901", "many"), r"ivan\.yaml: .*oid"),
        ("- 1\n", r"ivan\.yaml: "),
        ("{", r"ivan\.yaml: .*YAML"),
    ],
)
def test_a_persona_that_cannot_be_is_refused_by_its_file(tmp_path: Path, content: str, words: str):
    (tmp_path / "ivan.yaml").write_text(content, "utf-8")

    with pytest.raises(ValueError, match=words):
        load_cast(tmp_path, today=date(2026, 1, 1))


def test_an_empty_folder_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr("sys.argv", ["esia_sim", "--people", os.fspath(tmp_path)])

    assert main() == 1
    assert "no file *.yaml" in capsys.readouterr().err
