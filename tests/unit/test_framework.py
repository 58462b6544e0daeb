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
