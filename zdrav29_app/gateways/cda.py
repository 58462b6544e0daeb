"""Structured documents: HL7 CDA R2 in the Russian profile, read without trust.

What the file says is data: no DTD, no entity, no network, a cap on size. Only the parts that are
shown are taken out; the markup of the narrative (paragraph, list, table) becomes plain words.
Source: HL7 CDA R2, templates 1.2.643.5.1.13.13.14 (portal notes §2.12, read 2026-11-25).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from lxml import etree

from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.papers import Measured, Readable, Section

SIZE_LIMIT = 2 * 1024 * 1024  # the largest real document of this kind is a tenth of it
NAMESPACES = {"c": "urn:hl7-org:v3", "identity": "urn:hl7-ru:identity"}
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_BLOCKS = frozenset(f"{{{NAMESPACES['c']}}}{name}" for name in ("paragraph", "item", "table"))
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def parse(content: bytes) -> Any:
    """The tree of a document; typed loosely, as its library is.

    Raises:
        DocumentDamaged: too large, no XML, a DTD inside, or no clinical document.
    """
    if len(content) > SIZE_LIMIT or any(word in content for word in _FORBIDDEN):
        raise DocumentDamaged
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root: Any = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DocumentDamaged from None
    # another encoding could have hidden it from the search above
    has_dtd = root.getroottree().docinfo.internalDTD is not None
    if has_dtd or root.tag != f"{{{NAMESPACES['c']}}}ClinicalDocument":
        raise DocumentDamaged
    return root


def read(content: bytes) -> Readable:
    """What a person reads of a document.

    Raises:
        DocumentDamaged: it is no document we know how to read.
    """
    root = parse(content)
    try:
        sections = tuple(_section(each) for each in _find(root, ".//c:section"))
    except ValueError:
        raise DocumentDamaged from None
    return replace(header(root), sections=sections)


def header(root: Any) -> Readable:
    """Who, when and where of a parsed tree, without its sections; raises as `read` does."""
    try:
        made_at = _moment(_attribute(root, "c:effectiveTime/@value"))
    except ValueError:
        raise DocumentDamaged from None
    return Readable(
        title=_words(root, "c:title"),
        made_at=made_at,
        patient=_name(root, "c:recordTarget/c:patientRole/c:patient/c:name"),
        author=_name(root, "c:author/c:assignedAuthor/c:assignedPerson/c:name"),
        institution=_words(
            root,
            "c:custodian/c:assignedCustodian/c:representedCustodianOrganization/c:name",
        ),
        sections=(),
    )


def source(content: bytes) -> str:
    """The original tree, indented for reading.

    Raises:
        DocumentDamaged: as for `parse`.
    """
    root = parse(content)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode")


def _section(section: Any) -> Section:
    results = tuple(_results(section))
    return Section(
        code=_attribute(section, "c:code/@code"),
        title=_words(section, "c:title"),
        lines=tuple(_lines(section)),
        table=() if results else tuple(_table(section)),
        results=results,
    )


def _lines(section: Any) -> Iterator[str]:
    for node in _find(section, "c:text//c:paragraph | c:text//c:item"):
        if words := " ".join("".join(_own(node)).split()):
            yield words
    if not _find(section, "c:text/*") and (words := _words(section, "c:text")):
        yield words


def _own(node: Any) -> Iterator[str]:
    """The text of a block without that of the blocks inside it, which are lines of their own."""
    yield node.text or ""
    for child in node:
        if child.tag not in _BLOCKS:
            yield from _own(child)
        yield child.tail or ""


def _table(section: Any) -> Iterator[tuple[str, ...]]:
    for row in _find(section, "c:text//c:tr"):
        yield tuple(_flat(cell) for cell in _find(row, "c:th | c:td"))


def _results(section: Any) -> Iterator[Measured]:
    for one in _find(section, ".//c:observation[c:value]"):
        value = _find(one, "c:value")[0]
        if value.get(_XSI_TYPE) != "PQ":
            continue
        bounds = "c:referenceRange/c:observationRange/c:value"
        yield Measured(
            code=_attribute(one, "c:code/@code"),
            name=_attribute(one, "c:code/@displayName"),
            value=float(value.get("value", "")),
            unit=value.get("unit", ""),
            low=_number(_attribute(one, f"{bounds}/c:low/@value")),
            high=_number(_attribute(one, f"{bounds}/c:high/@value")),
        )


def _number(words: str) -> float | None:
    return float(words) if words else None


def _moment(words: str) -> datetime:
    return datetime.strptime(words, "%Y%m%d%H%M%z")


def _name(root: Any, path: str) -> str:
    parts = ("c:family", "c:given", "identity:Patronymic")
    return " ".join(filter(None, (_words(root, f"{path}/{part}") for part in parts)))


def _find(node: Any, path: str) -> list[Any]:
    return _compiled(path)(node)


@cache
def _compiled(path: str) -> Any:
    # a document asks the same few hundreds of times
    return etree.XPath(path, namespaces=NAMESPACES)


def _attribute(node: Any, path: str) -> str:
    found = _find(node, path)
    return str(found[0]) if found else ""


def _words(node: Any, path: str) -> str:
    found = _find(node, path)
    return _flat(found[0]) if found else ""


def _flat(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())
