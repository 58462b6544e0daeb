"""«Протокол испытаний»: row → tests → result → picture, from the JUnit report of the suite.

`protocol.html` is for people, `protocol.json` for the gate of a release. A row is proved when at
least one of its tests in the browser ran and no test of it failed.
"""

import json
import re
import sys
from dataclasses import asdict, dataclass, field
from html import escape
from pathlib import Path

import yaml
from lxml import etree

ROWS = Path("tests/rows.yaml")
JUNIT, HTML, JSON = "junit.xml", "protocol.html", "protocol.json"
BEYOND = "сверх списка"
IN_BROWSER = "tests.e2e."
VERDICTS = {"proved": "испытано", "failed": "не прошло", "untested": "не испытано"}
RESULTS = {"passed": "прошёл", "failed": "не прошёл", "skipped": "пропущен"}
_OF_ROW = re.compile(r"test_([a-z]\d{1,2})_")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border-top: 1px solid #c5d2da; padding: .5rem; text-align: left; vertical-align: top; }
img { width: 10rem; border: 1px solid #c5d2da; }
.proved b { color: #14755a; } .failed b { color: #b3261e; } .untested b { color: #4a5f6d; }
"""


@dataclass(frozen=True)
class Test:
    """One test that names a row; `picture` is relative to the report, empty without one."""

    name: str
    place: str
    result: str
    seconds: float
    picture: str = ""


@dataclass
class Row:
    """One row of what is asked for, with its tests."""

    id: str
    text: str
    is_asked: bool = True
    tests: list[Test] = field(default_factory=list[Test])

    @property
    def verdict(self) -> str:
        """One of `VERDICTS`."""
        if any(test.result == "failed" for test in self.tests):
            return "failed"
        ran = (test for test in self.tests if test.result == "passed")
        return "proved" if any(test.place.startswith(IN_BROWSER) for test in ran) else "untested"


@dataclass(frozen=True)
class Run:
    """What was tested.

    `commit` is empty when files differed from it; `chosen` is the part of the suite that was asked
    for, empty for all of it; `faults` are the checks besides tests that failed.
    """

    commit: str = ""
    chosen: str = ""
    faults: tuple[str, ...] = ()


def write(report: Path, rows_file: Path = ROWS, run: Run | None = None) -> list[Row]:
    """Write both files into the folder of the report; gives the rows.

    Rows that only tests name come behind those of the list; the gate asks for the listed ones.
    """
    cases = list(etree.parse(report / JUNIT).iterfind(".//testcase"))
    rows = _rows(cases, rows_file)
    failed = [case.get("name", "") for case in cases if _result(case) == "failed"]
    run = run or Run()
    body = {
        "commit": run.commit,
        "chosen": run.chosen,
        "failed": [*run.faults, *failed],
        "rows": [{**asdict(row), "verdict": row.verdict} for row in rows],
    }
    (report / JSON).write_text(json.dumps(body, ensure_ascii=False, indent=1), encoding="utf-8")
    (report / HTML).write_text(_page(rows), encoding="utf-8")
    return rows


def _rows(cases: list[etree._Element], rows_file: Path) -> list[Row]:
    listed = yaml.safe_load(rows_file.read_text(encoding="utf-8"))
    rows = {name: Row(name, text) for name, text in listed.items()}
    for case in cases:
        if named := _OF_ROW.match(case.get("name", "")):
            name = named[1].upper()
            rows.setdefault(name, Row(name, BEYOND, is_asked=False)).tests.append(_test(case))
    return list(rows.values())


def _test(case: etree._Element) -> Test:
    pictures = case.xpath("properties/property[@name='picture']/@value")
    return Test(
        name=case.get("name", ""),
        place=case.get("classname", ""),
        result=_result(case),
        seconds=float(case.get("time", "0")),
        picture=str(pictures[0]) if isinstance(pictures, list) and pictures else "",
    )


def _result(case: etree._Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def _page(rows: list[Row]) -> str:
    asked = [row for row in rows if row.is_asked]
    proved = sum(row.verdict == "proved" for row in asked)
    lines = "".join(_line(row) for row in rows)
    return (
        '<!doctype html><html lang="ru"><head><meta charset="utf-8">'
        f"<title>Протокол испытаний</title><style>{_STYLE}</style></head><body>"
        f"<h1>Протокол испытаний</h1><p>Испытано {proved} из {len(asked)}.</p><table>"
        "<thead><tr><th>Строка</th><th>Что должно работать</th><th>Итог</th>"
        f"<th>Испытания</th></tr></thead><tbody>{lines}</tbody></table></body></html>\n"
    )


def _line(row: Row) -> str:
    tests = "".join(_shown(test) for test in row.tests) or "—"
    return (
        f'<tr class="{row.verdict}"><td>{row.id}</td><td>{escape(row.text)}</td>'
        f"<td><b>{VERDICTS[row.verdict]}</b></td><td>{tests}</td></tr>"
    )


def _shown(test: Test) -> str:
    words = escape(test.name.replace("_", " ").removeprefix("test "))
    line = f"<p>{words}: {RESULTS[test.result]}, {test.seconds:.1f} с</p>"
    if not test.picture:
        return line
    link = escape(test.picture, quote=True)
    return f'{line}<a href="{link}"><img src="{link}" alt="{words}" loading="lazy"></a>'


if __name__ == "__main__":
    write(Path(sys.argv[1]))
