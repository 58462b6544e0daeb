"""Demo documents on paper: PDF with a text layer, and JPG that look scanned."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw, ImageFont

from zdrav29_app.demo.cda_maker import HEADINGS, Part, Signed, Subject
from zdrav29_app.gateways.pdf import FONTS, MARGIN, Sheet
from zdrav29_app.papers import Measured
from zdrav29_app.texts import documents, formats
from zdrav29_app.values import local

A4 = (1240, 1754)  # 150 dots per inch
PAPER, INK, STAMP = (250, 249, 244), (28, 34, 52), (52, 74, 150)
DEMO_LINE = "Демонстрационный документ: человек и заключение выдуманы, юридической силы нет."
SCANNED_PAGES = 6
LARGE = 2400  # a side, in dots
RESULT_WIDTHS = (5, 3, 3, 3, 3)


@dataclass(frozen=True)
class Page:
    """What stands on a document of paper."""

    title: str
    of: Subject
    by: Signed
    parts: Sequence[Part]
    note: str = ""

    @property
    def head(self) -> tuple[tuple[str, str], ...]:
        """Whom it is about, and who signed it."""
        return (
            ("Пациент", formats.full_name(self.of.name)),
            ("Дата рождения", formats.numeric_date(self.of.birth_date)),
            ("Полис ОМС", self.of.oms_number or "не указан"),
            ("Дата документа", formats.numeric_date(local(self.by.at).date())),
            ("Врач", f"{formats.full_name(self.by.doctor)}, {formats.inside(self.by.post)}"),
        )


def pdf(page: Page) -> bytes:
    """A text document."""
    return _sheet(page).bytes()


def pdf_with_scans(page: Page) -> bytes:
    """The same with scanned pages behind it: about 15 MB."""
    sheet = _sheet(page)
    for number in range(SCANNED_PAGES):
        grain = random.Random(f"{page.title}/{number}")
        image = _scan(_drawn(page, A4), grain, strength=120)
        sheet.add_page()
        sheet.set_margin(0)
        sheet.image(
            BytesIO(_jpg(image, quality=97)), x=0, y=0, w=210, alt_text=f"Скан {number + 1}"
        )
        sheet.set_margin(MARGIN)
    return sheet.bytes()


def jpg_paper(page: Page) -> bytes:
    """A sheet that went through a scanner: a little turned, with grain and a stamp."""
    grain = random.Random(page.title)
    turned = _drawn(page, A4).rotate(grain.uniform(-0.8, 0.8), fillcolor=PAPER, expand=False)
    return _jpg(_scan(turned, grain, strength=14), quality=82)


def jpg_picture(page: Page) -> bytes:
    """Slices of a picture, light on black: about 5 MB."""
    grain = random.Random(page.title)
    image = Image.new("RGB", (LARGE, LARGE), (6, 8, 10))
    draw, cell = ImageDraw.Draw(image), LARGE // 3
    for number in range(9):
        left, top = cell * (number % 3), cell * (number // 3)
        swelling = 1 - abs(number - 4) / 9
        for ring, light in ((330, 150), (300, 60), (280, 110), (120, 70), (60, 30)):
            wide, high = ring * swelling * 0.86, ring * swelling
            middle = (left + cell / 2, top + cell / 2)
            box = (middle[0] - wide, middle[1] - high, middle[0] + wide, middle[1] + high)
            draw.ellipse(box, fill=(light, light, light))
        draw.text((left + 24, top + 20), f"{number + 1} / 9", font=_font(34), fill=(190, 200, 205))
    return _jpg(_scan(image, grain, strength=60), quality=92)


def _sheet(page: Page) -> Sheet:
    sheet = Sheet(page.title, made_at=page.by.at)
    sheet.paragraph(page.by.institution, size=9)
    sheet.heading(page.title)
    sheet.facts(*page.head)
    for part in page.parts:
        sheet.heading(part.title, size=13)
        for line in part.lines:
            sheet.paragraph(line)
        if part.results:
            sheet.ruled_table(HEADINGS, [_row(one) for one in part.results], RESULT_WIDTHS)
    if page.note:
        sheet.paragraph(page.note)
    sheet.paragraph(f"Подписано электронной подписью: {formats.short_name(page.by.doctor)}", size=9)
    sheet.paragraph(DEMO_LINE, size=9)
    return sheet


def _row(one: Measured) -> tuple[str, ...]:
    result, norm = documents.value(one.value), documents.bounds(one.low, one.high)
    return (one.name, result, one.unit, norm, documents.VERDICTS[one.verdict])


def _drawn(page: Page, size: tuple[int, int]) -> Image.Image:
    image = Image.new("RGB", size, PAPER)
    draw, y = ImageDraw.Draw(image), 120
    y = _lines(draw, y, page.by.institution, size=22)
    y = _lines(draw, y + 40, page.title, size=44, bold=True)
    for term, value in page.head:
        y = _lines(draw, y + 8, f"{term}: {value}", size=27)
    for part in page.parts:
        y = _lines(draw, y + 36, part.title, size=32, bold=True)
        for line in part.lines:
            y = _lines(draw, y + 8, line, size=28)
    _lines(draw, size[1] - 150, DEMO_LINE, size=20)
    _stamp(draw, (size[0] - 360, size[1] - 520))
    return image


def _lines(draw: ImageDraw.ImageDraw, y: int, words: str, *, size: int, bold: bool = False) -> int:
    font, line, left = _font(size, bold=bold), "", 110
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > A4[0] - 2 * left:
            draw.text((left, y), line, font=font, fill=INK)
            y, longer = y + int(size * 1.4), word
        line = longer
    draw.text((left, y), line, font=font, fill=INK)
    return y + int(size * 1.4)


def _stamp(draw: ImageDraw.ImageDraw, corner: tuple[int, int]) -> None:
    x, y = corner
    for inset in (0, 12):
        box = (x + inset, y + inset, x + 250 - inset, y + 250 - inset)
        draw.ellipse(box, outline=STAMP, width=4)
    for number, words in enumerate(("ДЕМО", "учебный", "стенд")):
        font = _font(30, bold=number == 0)
        left = x + 125 - font.getlength(words) / 2
        draw.text((left, y + 70 + 40 * number), words, font=font, fill=STAMP)


def _scan(image: Image.Image, grain: random.Random, *, strength: int) -> Image.Image:
    noise = Image.frombytes("L", image.size, grain.randbytes(image.width * image.height))
    dark = ImageChops.multiply(noise, Image.new("L", image.size, strength))
    return ImageChops.subtract(image, dark.convert("RGB"))


def _jpg(image: Image.Image, *, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality, dpi=(150, 150))
    return out.getvalue()


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"golos-{'bold' if bold else 'regular'}.ttf"), size)
