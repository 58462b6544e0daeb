"""The talon drawn as PDF: one A4 sheet with a title, a language, tagged text and a QR code."""

from typing import Any

import segno
from fpdf.enums import XPos, YPos

from zdrav29_app import clock
from zdrav29_app.gateways.pdf import FAMILY, Tagged
from zdrav29_app.services.visits import Visit
from zdrav29_app.texts import booking, common, formats, pages
from zdrav29_app.texts import talon as texts
from zdrav29_app.values import local

INK, SOFT, LINE, WASH = (16, 34, 46), (74, 95, 109), (213, 224, 232), (228, 239, 246)
# millimetres
MARGIN, WIDTH = 15, 180
TICKET_TOP, TICKET_HEIGHT, STUB, QR = 30, 70, 52, 34
TERM = 40


def pdf_of(visit: Visit) -> bytes:
    """One sheet with everything the talon of this visit tells."""
    sheet = _Sheet(common.talon(visit.number))
    sheet.line_of("H1", common.talon(visit.number), size=22, bold=True)
    _stub(sheet, visit)
    _body(sheet, visit)
    _qr(sheet, visit.number)
    _rows(sheet, visit)
    if visit.is_cancellable:
        _ready(sheet, visit)
    _foot(sheet)
    return bytes(sheet.output())


class _Sheet(Tagged):
    """The one sheet of a talon."""

    def __init__(self, title: str) -> None:
        super().__init__(title, made_at=clock.now(), maker=common.SERVICE)
        self.set_margin(MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(auto=False)
        self.add_page()

    def line_of(
        self,
        kind: str,
        words: str,
        *,
        size: float,
        bold: bool = False,
        soft: bool = False,
        width: float = 0,
    ) -> None:
        """Words from here on, broken into lines; the next ones begin below them."""
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*(SOFT if soft else INK))
        height = size * 0.47  # millimetres of a line of so many points
        with self.tagged(kind):
            self.multi_cell(width, height, words, align="L", new_x=XPos.LEFT, new_y=YPos.NEXT)


def _stub(sheet: _Sheet, visit: Visit) -> None:
    """The part one tears off: the day, huge, and the time."""
    with sheet.decoration():
        _outline(sheet)
    day = local(visit.starts_at).date()
    sheet.set_xy(MARGIN + 6, TICKET_TOP + 7)
    sheet.line_of("P", formats.weekday(day), size=12, width=STUB - 8)
    sheet.line_of("P", str(day.day), size=54, bold=True, width=STUB - 8)
    sheet.line_of("P", formats.month(day), size=16, bold=True, width=STUB - 8)
    clock = formats.clock_time(visit.starts_at)
    sheet.line_of("P", clock, size=24, bold=True, width=STUB - 8)


def _outline(sheet: _Sheet) -> None:
    """The ticket with its stub, and the line to tear along."""
    sheet.set_draw_color(*SOFT)
    sheet.set_fill_color(*WASH)
    of_the_left: Any = ("TOP_RIGHT", "BOTTOM_RIGHT")  # fpdf2 2.8 means the left ones
    sheet.rect(
        *(MARGIN, TICKET_TOP, STUB, TICKET_HEIGHT),
        style="F",
        round_corners=of_the_left,
        corner_radius=5,
    )
    sheet.rect(*(MARGIN, TICKET_TOP, WIDTH, TICKET_HEIGHT), round_corners=True, corner_radius=5)
    sheet.set_dash_pattern(dash=1.2, gap=1.2)
    sheet.line(MARGIN + STUB, TICKET_TOP, MARGIN + STUB, TICKET_TOP + TICKET_HEIGHT)
    sheet.set_dash_pattern()


def _body(sheet: _Sheet, visit: Visit) -> None:
    width = WIDTH - STUB - QR - 20
    status, _ = booking.status(
        visit.status, by_clinic=visit.is_by_clinic, reason=visit.cancel_reason
    )
    notes = texts.notes(visit.moved_at, visit.confirmed_at) if visit.is_active else []
    sheet.set_xy(MARGIN + STUB + 8, TICKET_TOP + 7)
    sheet.line_of("H2", visit.speciality, size=17, bold=True, width=width)
    sheet.line_of("P", formats.full_name(visit.doctor), size=12, width=width)
    sheet.line_of("P", visit.post, size=11, soft=True, width=width)
    sheet.set_xy(sheet.get_x(), sheet.get_y() + 3)
    room = booking.room(visit.place.room, visit.place.floor)
    sheet.line_of("P", room, size=14, bold=True, width=width)
    sheet.set_xy(sheet.get_x(), sheet.get_y() + 3)
    for note in (status, *notes):
        sheet.line_of("P", note, size=11, soft=True, width=width)


def _qr(sheet: _Sheet, number: str) -> None:
    code = segno.make_qr(number, error="m")
    left, top = MARGIN + WIDTH - QR - 8, TICKET_TOP + 8
    side = QR / len(code.matrix)
    sheet.set_fill_color(0, 0, 0)
    with sheet.tagged("Figure", alt_text=pages.QR):
        for y, row in enumerate(code.matrix):
            for x, is_dark in enumerate(row):
                if is_dark:
                    sheet.rect(left + x * side, top + y * side, side, side, style="F")
    sheet.set_xy(left, top + QR + 2)
    sheet.line_of("P", number, size=11, width=QR + 4)


def _rows(sheet: _Sheet, visit: Visit) -> None:
    place = visit.place
    patient = f"{formats.full_name(visit.patient)}, {formats.numeric_date(visit.birth_date)}"
    sheet.set_y(TICKET_TOP + TICKET_HEIGHT + 6)
    for term, value in (
        (pages.WHERE, formats.unparted(f"{place.clinic}, {place.branch}. {place.address}")),
        (texts.ROUTE, place.directions),
        (pages.FRONT_DESK, place.phone),
        (pages.PATIENT, patient),
        (texts.BASIS, texts.basis(visit.referral, visit.referred_on, visit.created_at)),
        (texts.COME, texts.COME_EARLY),
    ):
        _row(sheet, term, value)


def _row(sheet: _Sheet, term: str, value: str) -> None:
    top = sheet.get_y()
    sheet.set_xy(MARGIN, top)
    sheet.line_of("P", term, size=11, soft=True, width=TERM)
    sheet.set_xy(MARGIN + TERM, top)
    sheet.line_of("P", value, size=12)
    bottom = sheet.get_y() + 2.5
    with sheet.decoration():
        sheet.set_draw_color(*LINE)
        sheet.line(MARGIN, bottom, MARGIN + WIDTH, bottom)
    sheet.set_y(bottom + 2.5)


def _ready(sheet: _Sheet, visit: Visit) -> None:
    papers = texts.bring(visit.referral, has_passport=visit.has_passport)
    _section(sheet, texts.BRING, [f"• {paper}" for paper in papers])
    if visit.prepare:
        _section(sheet, texts.PREPARE, [visit.prepare])


def _section(sheet: _Sheet, title: str, lines: list[str]) -> None:
    sheet.set_xy(MARGIN, sheet.get_y() + 3)
    sheet.line_of("H2", title, size=14, bold=True)
    for words in lines:
        sheet.line_of("P", words, size=12)


def _foot(sheet: _Sheet) -> None:
    sheet.set_xy(MARGIN, -MARGIN - 6)
    words = f"{common.SERVICE}. {pages.FOOT_HELP}{common.SUPPORT_PHONE}, {common.SUPPORT_HOURS}."
    sheet.line_of("P", words, size=10, soft=True)
