"""Tags of a PDF: its pieces in reading order, some of them inside others, and what is decoration.

fpdf2 keeps a flat row of tags; a table needs three levels. So this tree keeps the row, which the
library counts and gives pages to, and lets each piece name the one it lies in.
Source: ISO 32000-1, 14.7 and 14.8 (structure hierarchy, tables); fpdf2 2.8.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from fpdf import FPDF
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFArray

HEADS_A_COLUMN = "<</O /Table /Scope /Column>>"


class _Pieces(PDFArray):
    """All pieces of a document; written down are those that lie in no other."""

    def serialize(self, *args: Any, **options: Any) -> str:
        outermost = (each for each in self if each.p.s == "/Document")
        return PDFArray(outermost).serialize(*args, **options)


class _Tree(StructureTreeBuilder):
    """Pieces of a document, and those that are being filled."""

    def __init__(self) -> None:
        super().__init__()
        self.doc_struct_elem.k = _Pieces()
        self._open: list[StructElem] = []

    def begin(self, kind: str, page_number: int) -> None:
        """What is tagged from here on lies in a piece of this kind."""
        outer = self._open[-1] if self._open else self.doc_struct_elem
        element = StructElem(kind, parent=outer, kids=[], page_number=page_number)
        self.doc_struct_elem.k.append(element)
        self._place(element)
        self._open.append(element)

    def end(self) -> None:
        """The piece begun last is full."""
        self._open.pop()

    def add_marked_content(self, *args: Any, **facts: Any) -> tuple[StructElem, int]:
        """Also place it; the library keeps it in the row."""
        element, number = super().add_marked_content(*args, **facts)
        self._place(element)
        return element, number

    def next_mcid_for_page(self, page_number: int) -> int:
        """Pieces with words of their own on this page so far."""
        return sum(
            each.page_number() == page_number and isinstance(next(iter(each.k), None), int)
            for each in self.doc_struct_elem.k
        )

    def _place(self, element: StructElem) -> None:
        if self._open:
            element.p = self._open[-1]
            self._open[-1].k.append(element)


class TaggedPages(FPDF):
    """Pages of which every sign and line is either a piece of the structure or decoration."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._tree = self.struct_builder = _Tree()

    @contextmanager
    def tagged(self, kind: str, *, attributes: str = "", **facts: str) -> Generator[None]:
        """What is drawn inside is one piece of the document's structure, on one page."""
        with self._marked_sequence(**facts) as element:
            element.s = f"/{kind}"
            if attributes:
                element.a = attributes  # pyright: ignore[reportAttributeAccessIssue]  written as it is
            yield

    @contextmanager
    def group(self, kind: str) -> Generator[None]:
        """Pieces tagged inside lie in one of this kind, which may go over several pages."""
        self._tree.begin(f"/{kind}", self.page)
        yield
        self._tree.end()

    @contextmanager
    def decoration(self) -> Generator[None]:
        """What is drawn inside is not read aloud."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")
