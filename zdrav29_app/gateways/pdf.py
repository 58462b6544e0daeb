"""A sheet of paper as PDF: the house's own type embedded, a text layer, tags, a language, a title.

Documents are PDF/A-2U: every sign can be copied and read aloud. Headings, paragraphs and terms are
tagged in reading order; cells of a ruled table are not, for the library has no tags for them.
"""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from fpdf import FPDF, ViewerPreferences

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FAMILY = "golos"
MARGIN = 20  # mm
LINE = 6.2  # mm
TERM = 50  # mm


class Tagged(FPDF):
    """An A4 in Russian whose pieces a screen reader reads in order, under a title and a maker."""

    def __init__(self, title: str, *, made_at: datetime, maker: str, **options: Any) -> None:
        super().__init__(format="A4", **options)
        self.set_lang("ru-RU")
        self.set_title(title)
        self.set_creator(maker)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_creation_date(made_at)
        for style, name in (("", "regular"), ("B", "bold")):
            self.add_font(FAMILY, style, FONTS / f"golos-{name}.ttf")

    @contextmanager
    def tagged(self, kind: str, **facts: str) -> Generator[None]:
        """What is drawn inside is one piece of the document's structure, on one page."""
        with self._marked_sequence(**facts) as element:
            element.s = f"/{kind}"
            yield


class Sheet(Tagged):
    """A document's pages. `title` is what a reader's window shows."""

    def __init__(self, title: str, *, made_at: datetime) -> None:
        super().__init__(title, made_at=made_at, maker="Здрав29", enforce_compliance="PDF/A-2U")
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

    def rows(
        self, rows: Sequence[Sequence[str]], *, widths: Sequence[int] = (), is_ruled: bool = True
    ) -> None:
        """A table; a ruled one begins with its headings."""
        self.set_font(FAMILY, size=11)
        with self.table(
            col_widths=tuple(widths) or None,
            line_height=LINE,
            borders_layout="HORIZONTAL_LINES" if is_ruled else "NONE",
            first_row_as_headings=is_ruled,
            text_align="LEFT",
        ) as table:
            for row in rows:
                table.row(row)
        self.ln(LINE / 2)

    def bytes(self) -> bytes:
        """The finished file."""
        return bytes(self.output())

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
