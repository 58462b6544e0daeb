"""A sheet of paper as PDF: the house's own type embedded, a text layer, a language, a title.

PDF/A-2U: every sign can be copied and read aloud. The library writes no tags of headings.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from fpdf import FPDF, ViewerPreferences

FONTS = Path(__file__).resolve().parents[1] / "fonts"
FAMILY = "golos"
MARGIN = 20  # mm
LINE = 6.2  # mm


class Sheet(FPDF):
    """A portrait A4 in Russian. `title` is what a reader's window shows."""

    def __init__(self, title: str, *, made_at: datetime) -> None:
        super().__init__(enforce_compliance="PDF/A-2U")
        self.set_lang("ru-RU")
        self.set_title(title)
        self.set_creator("Здрав29")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.set_creation_date(made_at)
        for style, name in (("", "regular"), ("B", "bold")):
            self.add_font(FAMILY, style, FONTS / f"golos-{name}.ttf")
        self.set_margin(MARGIN)
        self.add_page()

    def heading(self, words: str, *, size: int = 17) -> None:
        """A line in bold with air around it."""
        self.ln(LINE / 3)
        self._write(words, size=size, style="B")
        self.ln(LINE / 3)

    def paragraph(self, words: str, *, size: int = 11) -> None:
        """Lines of text."""
        self._write(words, size=size)
        self.ln(LINE / 4)

    def facts(self, *rows: tuple[str, str]) -> None:
        """Terms with their values, one under the other."""
        self.rows([list(row) for row in rows], widths=(1, 2), is_ruled=False)

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

    def _write(self, words: str, *, size: int, style: str = "") -> None:
        self.set_font(FAMILY, style, size)  # pyright: ignore[reportArgumentType]  "" or "B"
        self.multi_cell(0, LINE * size / 11, words, new_x="LMARGIN", new_y="NEXT", align="L")
