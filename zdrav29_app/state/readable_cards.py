"""The results of a structured document as cards, with their ranges and trends."""

from dataclasses import dataclass

from zdrav29_app.papers import Dated, Measured, Readable, Section, Verdict
from zdrav29_app.texts import documents as texts
from zdrav29_app.texts import formats

History = dict[str, list[Dated]]

TONES = {
    Verdict.LOW: "danger",
    Verdict.HIGH: "danger",
    Verdict.NORMAL: "good",
    Verdict.UNKNOWN: "muted",
}
WIDTH, HEIGHT, EDGE = 320, 96, 10  # of a trend's picture


@dataclass(frozen=True)
class PointCard:
    """One earlier result."""

    day: str
    value: str
    verdict: str


@dataclass(frozen=True)
class ResultCard:
    """One result. With two points and more there is a trend: `line` and `band` are SVG paths."""

    name: str
    term: str
    value: str
    bounds: str
    verdict: str
    tone: str
    report_href: str
    report_name: str
    trend_name: str
    points: list[PointCard]
    line: str
    band: str


@dataclass(frozen=True)
class SectionCard:
    """One part of a document that holds results."""

    title: str
    results: list[ResultCard]


def section_cards(readable: Readable, history: History, href: str) -> list[SectionCard]:
    """The parts of a document that hold results, in its order."""
    with_results = (section for section in readable.sections if section.results)
    return [_section(section, history, href) for section in with_results]


def _section(section: Section, history: History, href: str) -> SectionCard:
    return SectionCard(
        title=section.title,
        results=[result_card(one, history.get(one.code, []), href) for one in section.results],
    )


def result_card(one: Measured, earlier: list[Dated], href: str) -> ResultCard:
    """A result in words, with what it was before."""
    scale = _Scale.of([each.measured for each in earlier] or [one], one)
    points = [
        PointCard(
            day=formats.numeric_date(each.day),
            value=f"{texts.value(each.measured.value)}{formats.NBSP}{each.measured.unit}",
            verdict=texts.VERDICTS[each.measured.verdict],
        )
        for each in earlier
    ]
    return ResultCard(
        name=one.name,
        term=texts.TERMS.get(one.code, ""),
        value=f"{texts.value(one.value)}{formats.NBSP}{one.unit}",
        bounds=texts.bounds(one.low, one.high),
        verdict=texts.VERDICTS[one.verdict],
        tone=TONES[one.verdict],
        report_href=f"{href}/report?field={one.code}",
        report_name=f"{texts.REPORT}: {one.name}",
        trend_name=f"{texts.TREND}: {one.name}",
        points=points if len(points) > 1 else [],
        line=scale.line([each.measured.value for each in earlier]),
        band=scale.band(),
    )


@dataclass(frozen=True)
class _Scale:
    """From values to places in the picture; the range of the test lies in it as a band."""

    least: float
    most: float
    band_low: float
    band_high: float

    @classmethod
    def of(cls, measured: list[Measured], one: Measured) -> "_Scale":
        values = [each.value for each in measured]
        bounds = [bound for bound in (one.low, one.high) if bound is not None]
        least, most = min([*values, *bounds]), max([*values, *bounds])
        low = least if one.low is None else one.low
        return cls(least, most, low, most if one.high is None else one.high)

    def line(self, values: list[float]) -> str:
        step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
        places = [f"{EDGE + step * i:.1f} {self._y(each)}" for i, each in enumerate(values)]
        return f"M{' L'.join(places)}" if values else ""

    def band(self) -> str:
        top, bottom = self._y(self.band_high), self._y(self.band_low)
        return f"M0 {top}H{WIDTH}V{bottom}H0Z"

    def _y(self, value: float) -> float:
        share = (value - self.least) / ((self.most - self.least) or 1)
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share, 1)
