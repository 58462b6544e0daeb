"""What a file really is, whether it is whole, and taking out what it tells of its maker."""

from io import BytesIO

import puremagic
from PIL import Image, ImageOps
from puremagic import PureError
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.gateways import cda
from zdrav29_app.papers import DocumentFormat

PAGE_LIMIT = 100
PIXEL_LIMIT = 60_000_000
JPG_QUALITY = 90
_HEAD = 8192
_BEGINNINGS = {b"%PDF-": DocumentFormat.PDF, b"\xff\xd8\xff": DocumentFormat.JPG}
_MIME = {"application/pdf": DocumentFormat.PDF, "image/jpeg": DocumentFormat.JPG}


def sniff(content: bytes) -> DocumentFormat | None:
    """PDF or JPG by content; None for everything else and for what could pass as two things."""
    by_beginning = next((of for sign, of in _BEGINNINGS.items() if content.startswith(sign)), None)
    try:
        found = puremagic.from_string(content[:_HEAD], mime=True)  # pyright: ignore[reportUnknownMemberType]  partly typed
    except (PureError, ValueError):
        return None
    return by_beginning if by_beginning is _MIME.get(found) else None


def is_whole(content: bytes, as_format: DocumentFormat) -> bool:
    """Whether a reader could show it."""
    try:
        match as_format:
            case DocumentFormat.PDF:
                return len(PdfReader(BytesIO(content), strict=True).pages) > 0
            case DocumentFormat.JPG:
                _image(content).load()
            case DocumentFormat.XML:
                cda.read(content)
    except (PyPdfError, OSError, ValueError, KeyError, DocumentDamaged):
        return False
    return True


def cleaned(content: bytes, as_format: DocumentFormat) -> bytes:
    """The same pages without metadata, scripts and attachments, and without anything behind them.

    Raises:
        DocumentDamaged: it cannot be read, is locked, or has too many pages or pixels.
    """
    try:
        return _clean_pdf(content) if as_format is DocumentFormat.PDF else _clean_jpg(content)
    except (PyPdfError, OSError, ValueError, KeyError) as error:
        raise DocumentDamaged from error


def _clean_pdf(content: bytes) -> bytes:
    reader, writer = PdfReader(BytesIO(content)), PdfWriter()
    if reader.is_encrypted or not 0 < len(reader.pages) <= PAGE_LIMIT:
        raise DocumentDamaged
    for page in reader.pages:
        kept = writer.add_page(page)
        for part in ("/Annots", "/AA", "/Metadata", "/PieceInfo"):
            kept.pop(part, None)
    writer.metadata = None
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _clean_jpg(content: bytes) -> bytes:
    out = BytesIO()
    upright = ImageOps.exif_transpose(_image(content))
    upright.convert("RGB").save(out, "JPEG", quality=JPG_QUALITY)
    return out.getvalue()


def _image(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content), formats=["JPEG"])
    if image.width * image.height > PIXEL_LIMIT:
        raise DocumentDamaged
    return image
