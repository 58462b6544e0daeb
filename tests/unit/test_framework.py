"""What we rely on in Reflex beyond its public face."""

import logging
from importlib.metadata import version
from pathlib import Path

import pytest

from zdrav29_app import framework


def test_the_installed_reflex_is_the_one_we_read():
    assert version("reflex") == framework.READ_FOR


def test_baked_in_addresses_become_those_of_the_page(tmp_path: Path):
    script = tmp_path / "reflex-env-x.js"
    script.write_text("{PING:`http://localhost:8000/ping`,EVENT:`ws://localhost:8000/_event`}")

    framework.AnyAddress().post_build(static_dir=tmp_path)

    assert "localhost" not in script.read_text()
    assert script.read_text().count("location.origin") == 2


def test_a_build_without_addresses_is_refused(tmp_path: Path):
    (tmp_path / "reflex-env-x.js").write_text("{}")

    with pytest.raises(RuntimeError):
        framework.AnyAddress().post_build(static_dir=tmp_path)


@pytest.mark.parametrize("name", ["reflex_base.event.processor", "reflex.app", "engineio.server"])
def test_what_the_framework_logs_loses_its_values(name: str):
    record = logging.LogRecord(
        name, logging.ERROR, "place.py", 7, "event %s", ("password=Pomor-2026",), None
    )

    for each in framework.log_filters():
        each.filter(record)

    assert "Pomor" not in record.getMessage()
    assert "place:7" in record.getMessage()


def test_what_we_log_ourselves_stays_as_it_is():
    record = logging.LogRecord("zdrav29_app.worker", logging.ERROR, "", 0, "id=%s", (7,), None)

    for each in framework.log_filters():
        each.filter(record)

    assert record.getMessage() == "id=7"


LAST_RESORT = (
    "D.createElement(D.Fragment,null,D.createElement(`h2`,null,`Unexpected Application Error!`),"
    "D.createElement(`h3`,{style:{fontStyle:`italic`}},t),n?D.createElement(`pre`,{style:"
    "{padding:`0.5rem`,backgroundColor:`rgba(200,200,200, 0.5)`}},n):null,null);"
    "D.createElement(x,{title:`Unhandled Thrown Response!`},D.createElement(`h1`,{style:"
    "{fontSize:`24px`}},e.status,` `,e.statusText),null);"
    "D.createElement(x,{title:`Application Error!`},D.createElement(`h1`,{style:{fontSize:`24px`}},"
    "`Application Error`),D.createElement(`pre`,{style:{padding:`2rem`,color:`red`}},i.stack),r);"
    "D.createElement(`html`,{lang:`en`})"
)


NEW_VERSION = "e.append(`A new version of this app is available.`);t.textContent=`Reload`"
WORDS = {
    "title": "Не открылась",
    "text": "Обновите её",
    "new_version": "Кабинет обновился",
    "reload": "Обновить",
}


def _build(folder: Path, *, last_resort: str = LAST_RESORT, new_version: str = NEW_VERSION) -> None:
    (folder / "errorBoundaries-x.js").write_text(last_resort, encoding="utf-8")
    (folder / "context-x.js").write_text(new_version, encoding="utf-8")
    framework.OwnWords(**WORDS).post_build(static_dir=folder)


def test_the_pages_of_last_resort_speak_our_words_and_show_no_stack(tmp_path: Path):
    _build(tmp_path)

    assert (tmp_path / "errorBoundaries-x.js").read_text(encoding="utf-8") == (
        "D.createElement(D.Fragment,null,D.createElement(`h1`,null,`Не открылась`),"
        "D.createElement(`p`,null,`Обновите её`),null);"
        "D.createElement(x,{title:`Не открылась`},D.createElement(`h1`,{style:"
        "{fontSize:`24px`}},`Не открылась`),null);"
        "D.createElement(x,{title:`Не открылась`},D.createElement(`h1`,null,`Не открылась`),"
        "D.createElement(`p`,null,`Обновите её`),r);"
        "D.createElement(`html`,{lang:`ru`})"
    )


def test_a_tab_of_an_old_release_is_told_so_in_our_words(tmp_path: Path):
    _build(tmp_path)

    words = (tmp_path / "context-x.js").read_text(encoding="utf-8")
    assert words == "e.append(`Кабинет обновился`);t.textContent=`Обновить`"


def test_a_build_without_pages_of_last_resort_is_refused(tmp_path: Path):
    with pytest.raises(RuntimeError):
        _build(tmp_path, last_resort="{}")


def test_a_build_without_the_banner_of_a_new_release_is_refused(tmp_path: Path):
    with pytest.raises(RuntimeError):
        _build(tmp_path, new_version="{}")
