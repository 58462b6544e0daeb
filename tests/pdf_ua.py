"""What a machine can check of PDF/UA-1, point by point of the Matterhorn protocol 1.1.

Points that need eyes (is this a good alternative text?) are not here. Source: Matterhorn protocol
1.1 of the PDF association, checkpoints 01, 06, 07, 11, 13 to 15 and 31; ISO 32000-1, 14.7.
"""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

PAINTING = frozenset({b"Tj", b"TJ", b"'", b'"', b"Do", b"S", b"s", b"f", b"f*", b"B", b"B*", b"b"})
KNOWN = {"Document", "H1", "H2", "H3", "P", "Figure", "Table", "TR", "TH", "TD"}
HOME = {"TR": "Table", "TH": "TR", "TD": "TR"}


def findings(content: bytes) -> list[str]:
    """Every point that a file misses: its number, and what is wrong."""
    file = PdfReader(BytesIO(content), strict=True)
    root: Any = file.trailer["/Root"]
    if "/StructTreeRoot" not in root:
        return ["01-005 no structure"]
    pieces = list(_pieces(root["/StructTreeRoot"]["/K"][0].get_object(), ""))
    return [
        *_document(root),
        *_structure(pieces),
        *_headings([kind for kind, _, _ in pieces]),
        *(each for page in file.pages for each in _page(page, root, pieces)),
    ]


Piece = tuple[str, Any, str]  # its kind, itself, the kind it lies in


def _pieces(element: Any, outer: str) -> Iterator[Piece]:
    kind = element["/S"].removeprefix("/")
    yield kind, element, outer
    for kid in element["/K"]:
        if not isinstance(kid, int):
            yield from _pieces(kid.get_object(), kind)


def _document(root: Any) -> Iterator[str]:
    if root.get("/MarkInfo", {}).get("/Marked") != True:  # noqa: E712  the library's own boolean
        yield "06-000 not marked as tagged"
    about = root["/Metadata"].get_data().decode() if "/Metadata" in root else ""
    if "<dc:title>" not in about:
        yield "06-003 no title in the metadata"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "07-002 the title is not shown"
    if root.get("/Lang") != "ru-RU":
        yield "11-006 no language"


def _structure(pieces: list[Piece]) -> Iterator[str]:
    for kind, element, outer in pieces:
        if kind not in KNOWN:
            yield f"02-001 {kind} is no known kind"
        if outer != HOME.get(kind, "" if kind == "Document" else "Document"):
            yield f"09-004 {kind} lies in {outer}"
        if not element["/K"]:
            yield f"09-000 {kind} is empty"
        if kind == "Figure" and not element.get("/Alt", "").strip():
            yield "13-004 a picture without words"
        if kind == "TH" and element.get("/A", {}).get("/Scope") not in {"/Column", "/Row"}:
            yield "15-003 a heading of a table without scope"
        if kind == "Table" and len({len(row.get_object()["/K"]) for row in element["/K"]}) != 1:
            yield "15-000 rows of a table of different lengths"


def _headings(kinds: list[str]) -> Iterator[str]:
    levels = [int(kind[1]) for kind in kinds if kind[0] == "H"]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "14-002 not one heading of the first level"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "14-003 a level of headings is left out"


def _page(page: Any, root: Any, pieces: list[Piece]) -> Iterator[str]:
    marked: list[int] = []
    yield from _content(page, marked)
    own = [
        (kid, element)
        for _, element, _ in pieces
        for kid in element["/K"]
        if isinstance(kid, int) and element.raw_get("/Pg") == page.indirect_reference
    ]
    if sorted(marked) != sorted(number for number, _ in own):
        yield "01-006 marks of a page and its pieces are not the same"
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))[page["/StructParents"]]
    if any(parents[number] != element.indirect_reference for number, element in own):
        yield "01-006 the way back from a mark leads to another piece"
    for font in page["/Resources"].get("/Font", {}).values():
        yield from _font(font.get_object())


def _content(page: Any, marked: list[int]) -> Iterator[str]:
    open_marks: list[str] = []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in {b"BDC", b"BMC"}:
            open_marks.append(operands[0])
            if operator == b"BDC" and "/MCID" in operands[1]:
                marked.append(operands[1]["/MCID"])
            if len(open_marks) > 1:
                yield "01-003 a mark inside a mark"
        elif operator == b"EMC":
            open_marks.pop()
        elif operator in PAINTING and not open_marks:
            yield f"01-005 {operator.decode()} is neither tagged nor decoration"
    if open_marks:
        yield "01-000 a mark goes over the end of its page"


def _font(font: Any) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield "10-001 letters that cannot be copied"
    [kept] = font.get("/DescendantFonts", [font])
    if "/FontFile2" not in kept.get_object().get("/FontDescriptor", {}):
        yield "31-009 a font that is not embedded"
