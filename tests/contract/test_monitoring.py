"""What watches the cabinet: rules, dashboard and docs name only what it counts, and all of it."""

import json
import re
from pathlib import Path
from typing import Any

import promql_parser as promql
import pytest
import yaml
from prometheus_client import REGISTRY
from prometheus_client.metrics import MetricWrapperBase

from zdrav29_app import metrics

DOC = Path("docs/operations.md").read_text("utf-8")
KEPT = Path("deploy/monitoring")
GROUPS: list[dict[str, Any]] = yaml.safe_load((KEPT / "alerts.yaml").read_text("utf-8"))["groups"]
RULES: list[dict[str, Any]] = [rule for group in GROUPS for rule in group["rules"]]
SCRAPE: dict[str, Any] = yaml.safe_load((KEPT / "prometheus.yaml").read_text("utf-8"))
DASHBOARD: dict[str, Any] = json.loads((KEPT / "dashboard.json").read_text("utf-8"))
PANELS: list[dict[str, Any]] = DASHBOARD["panels"]
ASKED = [target["expr"] for panel in PANELS for target in panel.get("targets", [])]
OF_PROMETHEUS = {"up": {"job", "instance"}}
ALWAYS = {"job", "instance", "le", "__name__"}


def _counted() -> dict[str, set[str]]:
    """Each series of ours with its labels, as Prometheus knows it."""
    found = dict(OF_PROMETHEUS)
    for each in vars(metrics).values():
        if isinstance(each, MetricWrapperBase):
            [family] = each.describe()
            suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"]}
            for suffix in suffixes.get(family.type, [""]):
                found[family.name + suffix] = {*each._labelnames}
    return found


def _parsed(expression: str) -> promql.Expr:
    parsed = promql.parse(expression)
    assert isinstance(parsed, promql.Expr)
    return parsed


def _unknown(expression: str) -> set[str]:
    """What an expression asks for that is not there: series, and labels of them."""
    counted, missing, known = _counted(), set[str](), set(ALWAYS)
    by: set[str] = set()

    def look(node: promql.Expr) -> None:
        if isinstance(node, promql.VectorSelector):
            labels = counted.get(node.name or "")
            if labels is None:
                missing.add(node.name or "nothing")
                return
            known.update(labels)
            asked = {each.name for each in node.matchers.matchers}
            missing.update(asked - labels - ALWAYS)
        elif isinstance(node, promql.AggregateExpr) and node.modifier:
            by.update(node.modifier.labels)

    promql.walk(_parsed(expression), pre_visit=look)
    return missing | (by - known)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_asks_for_what_is_counted_and_says_what_to_do(rule: dict[str, Any]):
    assert _unknown(rule["expr"]) == set()
    assert re.fullmatch(r"\d+[mh]", rule["for"])
    assert rule["labels"]["severity"] in {"critical", "warning"}
    path, _, anchor = rule["annotations"]["runbook"].partition("#")
    assert path == "docs/operations.md"
    assert anchor in _anchors()
    assert rule["annotations"]["summary"]
    assert f"`{rule['alert']}`" in DOC


def test_no_alert_is_told_of_that_is_none():
    named = {
        name for line in re.findall(r"^Alerts?: (.+)$", DOC, re.MULTILINE) for name in _code(line)
    }

    assert named == {rule["alert"] for rule in RULES}


@pytest.mark.parametrize("expression", ASKED)
def test_the_dashboard_asks_for_what_is_counted(expression: str):
    assert _unknown(expression) == set()


def test_the_dashboard_shows_everything_that_is_counted():
    shown = {name for expression in ASKED for name in re.findall(r"zdrav29_\w+", expression)}
    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in _counted()} - {"up"}

    assert families - {re.sub(r"_bucket$", "", name) for name in shown} == set()


def test_panels_have_numbers_of_their_own_and_do_not_lie_on_each_other():
    numbers = [panel["id"] for panel in PANELS]
    places = [
        (column, line)
        for panel in PANELS
        for column in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for line in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]

    assert len(set(numbers)) == len(numbers)
    assert len(set(places)) == len(places)
    assert max(column for column, _ in places) < 24


def test_what_is_asked_for_and_is_not_there_is_found():
    assert _unknown("sum by (le) (zdrav29_tabs) + zdrav29_nothing") == {"zdrav29_nothing"}
    assert _unknown('zdrav29_acts_total{person="anna"}') == {"person"}
    assert _unknown("sum by (person) (zdrav29_acts_total)") == {"person"}


def test_prometheus_reads_the_rules_that_are_there_from_the_job_they_name():
    [job] = SCRAPE["scrape_configs"]

    assert all((KEPT / name).is_file() for name in SCRAPE["rule_files"])
    assert job["job_name"] == "zdrav29"
    assert 'job="zdrav29"' in RULES[0]["expr"]


def test_every_metric_has_a_row_in_the_docs_with_its_labels():
    rows = dict(re.findall(r"^\| `(zdrav29_\w+)` \| ([^|]*)\|", DOC, re.MULTILINE))
    families = {
        name: each._labelnames
        for each in vars(metrics).values()
        if isinstance(each, MetricWrapperBase)
        for name in [family.name for family in each.describe()]
    }

    assert {name: tuple(_code(labels)) for name, labels in rows.items()} == families
    assert set(families) == {
        family.name for family in REGISTRY.collect() if family.name.startswith("zdrav29_")
    }


def _code(text: str) -> list[str]:
    return re.findall(r"`(\w+)`", text)


def _anchors() -> set[str]:
    """The headings, as links name them."""
    headings = re.findall(r"^#+ (.+)$", DOC, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
