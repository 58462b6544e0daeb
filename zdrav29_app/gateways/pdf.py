"""A sheet of paper as PDF: the house's own type embedded, a text layer, tags, a language, a title.

Documents are PDF/A-2U: every sign can be copied and read aloud. Headings, paragraphs, terms and
cells of tables are tagged in reading order, lines and repeated headings are decoration.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

from fpdf import ViewerPreferences

from zdrav29_app.gateways.pdf_tags import HEADS_A_COLUMN, TaggedPages

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FAMILY = "golos"
MARGIN = 20  # mm
LINE = 6.2  # mm
TERM = 50  # mm


class Tagged(TaggedPages):
    """An A4 in Russian whose pieces a screen reader reads in order, under a title and a maker."""

    def __init__(self, title: str, *, made_at: datetime, maker: str) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-2U")
        self.set_lang("ru-RU")
        self.set_title(title)
        self.set_creator(maker)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_creation_date(made_at)
        for style, name in (("", "regular"), ("B", "bold")):
            self.add_font(FAMILY, style, FONTS / f"golos-{name}.ttf")


class Sheet(Tagged):
    """A document's pages. `title` is what a reader's window shows."""

    def __init__(self, title: str, *, made_at: datetime) -> None:
        super().__init__(title, made_at=made_at, maker="Здрав29")
        self.set_margin(MARGIN)
        self.add_page()

    def heading(self, words: str, *, size: int = 17) -> None:
        """A line in bold with air around it; the largest is the document's own."""
        self.ln(LINE / 3)
        self._write("H1" if size > 13 else "H2", words, size=size, style="B")  # noqa: PLR2004  points
        self.ln(LINE / 3)

    def paragraph(self, words: str, *, size: int = 11) -> None:
        """Lines of text."""
        self._write("P", words, size=size)
        self.ln(LINE / 4)

    def facts(self, *rows: tuple[str, str]) -> None:
        """Terms with their values, one under the other."""
        for term, value in rows:
            self._make_room(value, size=11)
            with self.tagged("P"):
                self.set_font(FAMILY, "B", 11)
                self.cell(TERM, LINE, term)
                self.set_font(FAMILY, "", 11)
                self.multi_cell(0, LINE, value, new_x="LMARGIN", new_y="NEXT", align="L")
        self.ln(LINE / 2)

    def ruled_table(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
    ) -> None:
        """Rows under headings, which stand again on each page; `widths` are shares of the line."""
        columns = [self.epw * share / sum(widths) for share in widths]
        with self.group("Table"):
            self._row(head, columns, is_head=True)
            for row in rows:
                if self.will_page_break(self._height(row, columns)):
                    self.add_page()
                    with self.decoration():
                        self._cells(head, columns, is_head=True)
                        self._rule()
                self._row(row, columns)
        self.ln(LINE / 2)

    def bytes(self) -> bytes:
        """The finished file."""
        return bytes(self.output())

    def _row(
        self, cells: Sequence[str], columns: Sequence[float], *, is_head: bool = False
    ) -> None:
        with self.group("TR"):
            self._cells(cells, columns, is_head=is_head, is_tagged=True)
        with self.decoration():
            self._rule()

    def _rule(self) -> None:
        self.line(self.l_margin, self.y, self.l_margin + self.epw, self.y)

    def _cells(
        self,
        cells: Sequence[str],
        columns: Sequence[float],
        *,
        is_head: bool,
        is_tagged: bool = False,
    ) -> None:
        top, height = self.y, self._height(cells, columns)
        self.set_font(FAMILY, "B" if is_head else "", 11)
        for words, width in zip(cells, columns, strict=True):
            left = self.x
            with self._cell(is_head=is_head) if is_tagged else nullcontext():
                self.multi_cell(width, LINE, words, align="L")
            self.set_xy(left + width, top)
        self.set_xy(self.l_margin, top + height)

    def _cell(self, *, is_head: bool) -> AbstractContextManager[None]:
        return self.tagged("TH", attributes=HEADS_A_COLUMN) if is_head else self.tagged("TD")

    def _height(self, cells: Sequence[str], columns: Sequence[float]) -> float:
        self.set_font(FAMILY, "B", 11)  # no narrower than what will stand there
        heights: list[Any] = [
            self.multi_cell(width, LINE, words, align="L", dry_run=True, output="HEIGHT")
            for words, width in zip(cells, columns, strict=True)
        ]
        return max(heights)

    def _write(self, kind: str, words: str, *, size: int, style: str = "") -> None:
        self.set_font(FAMILY, style, size)  # pyright: ignore[reportArgumentType]  "" or "B"
        self._make_room(words, size=size)
        with self.tagged(kind):
            self.multi_cell(0, LINE * size / 11, words, new_x="LMARGIN", new_y="NEXT", align="L")

    def _make_room(self, words: str, *, size: int) -> None:
        """Begin a page where these words would break over two: a tag ends on its own page."""
        height: Any = self.multi_cell(
            0, LINE * size / 11, words, align="L", dry_run=True, output="HEIGHT"
        )
        if self.will_page_break(height):
            self.add_page()
