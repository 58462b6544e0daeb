"""Demo documents as HL7 CDA R2 in the Russian profile: what a clinic's own system would send.

Source: templates 1.2.643.5.1.13.13.14 (portal notes §2.12, read 2026-11-25). Numbers of clinics and
of documents are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from zdrav29_app.gateways import cda
from zdrav29_app.papers import Measured, Verdict
from zdrav29_app.values import FullName, Gender, local

CLINIC = "1.2.643.5.1.13.13.12.2.29.99999"
KINDS = "1.2.643.5.1.13.13.11.1522"
TESTS = "1.2.643.5.1.13.13.11.1080"
TEMPLATES = "1.2.643.5.1.13.13.14"
SNILS = "1.2.643.100.3"
SPACES: dict[str | None, str] = {
    None: "urn:hl7-org:v3",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "identity": "urn:hl7-ru:identity",
    "address": "urn:hl7-ru:address",
}
CORRECTION = "Исправление"
HEADINGS = ("Показатель", "Результат", "Единица", "Норма", "Оценка")
VERDICTS = {
    Verdict.LOW: "ниже нормы",
    Verdict.HIGH: "выше нормы",
    Verdict.NORMAL: "в норме",
    Verdict.UNKNOWN: "",
}

_e: Any = ElementMaker(namespace=SPACES[None], nsmap=SPACES)
_identity: Any = ElementMaker(namespace=SPACES["identity"], nsmap=SPACES)
_TYPE = f"{{{SPACES['xsi']}}}type"


@dataclass(frozen=True)
class Subject:
    """Whom a document is about."""

    oid: int
    name: FullName
    birth_date: date
    gender: Gender
    snils: str
    oms_number: str


@dataclass(frozen=True)
class Signed:
    """Who signed it, where and when (aware UTC)."""

    doctor: FullName
    post: str
    institution: str
    at: datetime


@dataclass(frozen=True)
class Part:
    """One section: its code and heading, lines of text, results.

    A line that begins with «<» is an element of CDA's narrative, written out.
    """

    code: str
    title: str
    lines: tuple[str, ...] = ()
    results: tuple[Measured, ...] = ()


def document(
    *,
    number: int,
    template: tuple[int, int],
    kind: int,
    title: str,
    of: Subject,
    by: Signed,
    parts: list[Part],
) -> bytes:
    """A whole document; `template` is type and edition, `kind` the row of register 1522."""
    stamp = f"{local(by.at):%Y%m%d%H%M}+0300"
    root = _e.ClinicalDocument(
        *_header(number, template, kind, title, stamp),
        _record_target(of),
        _author(by, stamp),
        _custodian(by),
        _legal(by, stamp),
        _e.component(_e.structuredBody(*[_e.component(section(part)) for part in parts])),
    )
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _header(number: int, template: tuple[int, int], kind: int, title: str, stamp: str) -> list[Any]:
    return [
        _e.realmCode(code="RU"),
        _e.typeId(root="2.16.840.1.113883.1.3", extension="POCD_MT000040"),
        _e.templateId(root=f"{TEMPLATES}.{template[0]}.9.{template[1]}"),
        _e.id(root=f"{CLINIC}.100.1.1.51", extension=str(number)),
        _e.code(code=str(kind), codeSystem=KINDS, displayName=title),
        _e.title(title),
        _e.effectiveTime(value=stamp),
        _e.confidentialityCode(code="N", codeSystem="1.2.643.5.1.13.13.99.2.285"),
        _e.languageCode(code="ru-RU"),
        _e.setId(root=f"{CLINIC}.100.1.1.50", extension=str(number)),
        _e.versionNumber(value="1"),
    ]


def _record_target(of: Subject) -> Any:
    policy = _identity.InsurancePolicy(
        _identity.InsurancePolicyType(code="2", codeSystem="1.2.643.5.1.13.13.11.1035"),
        _identity.Number(of.oms_number),
    )
    return _e.recordTarget(
        _e.patientRole(
            _e.id(root=f"{CLINIC}.100.1.1.10", extension=str(of.oid)),
            _e.id(root=SNILS, extension=of.snils),
            policy,
            _e.patient(
                _name(of.name),
                _e.administrativeGenderCode(
                    code="2" if of.gender is Gender.FEMALE else "1",
                    codeSystem="1.2.643.5.1.13.13.11.1040",
                ),
                _e.birthTime(value=f"{of.birth_date:%Y%m%d}"),
            ),
        )
    )


def _author(by: Signed, stamp: str) -> Any:
    return _e.author(
        _e.time(value=stamp),
        _e.assignedAuthor(
            _e.id(root=f"{CLINIC}.100.1.1.70", extension="1"),
            _e.code(code="1", codeSystem="1.2.643.5.1.13.13.11.1002", displayName=by.post),
            _e.assignedPerson(_name(by.doctor)),
            _e.representedOrganization(_e.id(root=CLINIC), _e.name(by.institution)),
        ),
    )


def _custodian(by: Signed) -> Any:
    organisation = _e.representedCustodianOrganization(_e.id(root=CLINIC), _e.name(by.institution))
    return _e.custodian(_e.assignedCustodian(organisation))


def _legal(by: Signed, stamp: str) -> Any:
    return _e.legalAuthenticator(
        _e.time(value=stamp),
        _e.signatureCode(nullFlavor="NI"),
        _e.assignedEntity(
            _e.id(root=f"{CLINIC}.100.1.1.70", extension="1"),
            _e.assignedPerson(_name(by.doctor)),
        ),
    )


def _name(name: FullName) -> Any:
    patronymic = [_identity.Patronymic(name.middle)] if name.middle else []
    return _e.name(_e.family(name.last), _e.given(name.first), *patronymic)


def section(part: Part) -> Any:
    """One section: words for people, and entries for machines."""
    paragraphs = [_block(line) for line in part.lines]
    table = [_results_table(part.results)] if part.results else []
    entries = [_entry(part.results)] if part.results else []
    return _e.section(
        _e.code(code=part.code, codeSystem="1.2.643.5.1.13.13.99.2.197", displayName=part.title),
        _e.title(part.title),
        _e.text(*paragraphs, *table),
        *entries,
    )


def _block(line: str) -> Any:
    if not line.startswith("<"):
        return _e.paragraph(line)
    [element] = etree.fromstring(f'<text xmlns="{SPACES[None]}">{line}</text>')
    return element


def _results_table(results: tuple[Measured, ...]) -> Any:
    rows = [_e.tr(*[_e.td(words) for words in _row(one)]) for one in results]
    return _e.table(
        _e.thead(_e.tr(*[_e.th(words) for words in HEADINGS])), _e.tbody(*rows), width="100%"
    )


def _row(one: Measured) -> Iterator[str]:
    low, high = (f"{bound:g}" if bound is not None else "" for bound in (one.low, one.high))
    yield from (one.name, f"{one.value:g}", one.unit, f"{low}–{high}", VERDICTS[one.verdict])


def _entry(results: tuple[Measured, ...]) -> Any:
    observations = [_e.component(_observation(one)) for one in results]
    battery = _e.organizer(
        _e.statusCode(code="completed"), *observations, classCode="BATTERY", moodCode="EVN"
    )
    return _e.entry(
        _e.organizer(
            _e.statusCode(code="completed"),
            _e.component(battery),
            classCode="CLUSTER",
            moodCode="EVN",
        )
    )


def _observation(one: Measured) -> Any:
    bounds = [
        element(value=f"{bound:g}", unit=one.unit)
        for element, bound in ((_e.low, one.low), (_e.high, one.high))
        if bound is not None
    ]
    value_range = _e.value(*bounds, **{_TYPE: "IVL_PQ"})
    return _e.observation(
        _e.code(code=one.code, codeSystem=TESTS, displayName=one.name),
        _e.statusCode(code="completed"),
        _e.value(**{_TYPE: "PQ", "value": f"{one.value:g}", "unit": one.unit}),
        _e.interpretationCode(code=one.verdict or "N", codeSystem="2.16.840.1.113883.5.83"),
        _e.referenceRange(_e.observationRange(value_range)),
        classCode="OBS",
        moodCode="EVN",
    )


def corrected(content: bytes, *, was: str, now: str, note: str) -> bytes:
    """The next version of a document: other words wherever `was` stands, or a part with a note."""
    root = cda.parse(content)
    number = root.find("c:versionNumber", cda.NAMESPACES)
    number.set("value", str(int(number.get("value")) + 1))
    if not was:
        body = root.find(".//c:structuredBody", cda.NAMESPACES)
        body.append(_e.component(section(Part("CORR", CORRECTION, (note,)))))
    for node in root.iter() if was else ():
        node.text = node.text and node.text.replace(was, now)
        if node.get("value") == was:
            node.set("value", now)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")
