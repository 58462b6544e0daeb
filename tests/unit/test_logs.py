"""The log: fields in production, words in a demo, ids in both, secrets in neither."""

import json
import logging

import pytest

from zdrav29_app import logs, tracing


def _line(message: str, *values: object, as_json: bool, name: str = "zdrav29_app.worker") -> str:
    record = logging.LogRecord(name, logging.WARNING, "place.py", 7, message, values, None)
    return logs.formatter(as_json=as_json).format(record)


def test_in_production_a_line_is_json_with_its_pairs_as_fields():
    request_id = tracing.begin()

    line = json.loads(_line("notice id=%s not sent reason=%s", 7, "HTTP_503", as_json=True))

    assert {name: line[name] for name in ("event", "id", "reason", "level", "logger")} == {
        "event": "notice  not sent",
        "id": "7",
        "reason": "HTTP_503",
        "level": "warning",
        "logger": "zdrav29_app.worker",
    }
    assert line["request_id"] == request_id
    assert line["timestamp"].endswith("Z")


def test_in_a_demo_a_line_reads_as_words():
    request_id = tracing.begin()

    line = _line("notice id=%s not sent", 7, as_json=False)

    assert line.endswith(f"WARNING zdrav29_app.worker notice id=7 not sent request_id={request_id}")


def test_a_request_id_stands_once_on_a_line():
    tracing.begin()

    line = _line("refused code=GEN-404 request_id=0123456789ab", as_json=False)

    assert line.count("request_id=") == 1


def test_a_pair_cannot_pass_for_the_level_or_the_time_of_a_line():
    line = json.loads(_line("said level=%s", "debug", as_json=True))

    assert line["level"] == "warning"


def test_an_error_keeps_the_id_of_what_it_broke():
    request_id = tracing.begin()
    error = ValueError()
    tracing.mark(error, request_id)

    tracing.begin()

    assert tracing.of(error) == request_id


@pytest.mark.parametrize("as_json", [True, False])
def test_the_formatter_brings_back_nothing_that_the_filters_took(as_json: bool):
    record = logging.LogRecord(
        "reflex.app", logging.ERROR, "place.py", 7, "event %s", ("password=Pomor-2026",), None
    )
    logs.set_up(as_json=as_json)
    try:
        for each in logging.getLogger().handlers[0].filters:
            each.filter(record)  # pyright: ignore[reportAttributeAccessIssue, reportCallIssue]

        assert "Pomor" not in logs.formatter(as_json=as_json).format(record)
    finally:
        logs.set_up(as_json=False)
