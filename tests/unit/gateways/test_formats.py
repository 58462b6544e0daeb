"""What a file really is, and what is taken out of it."""

import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.gateways import formats
from zdrav29_app.papers import DocumentFormat

_ALERT = TextStringObject("app.alert(1)")
TRAIL = b"<script>alert(1)</script>"


def jpg(*, size: tuple[int, int] = (40, 20), orientation: int = 0) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Anna"
    if orientation:
        exif[0x0112] = orientation
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def pdf(*, pages: int = 1, password: str = "") -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "Anna"})
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): _ALERT}
    writer._root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_attachment("secret.txt", b"secret")
    if password:
        writer.encrypt(password, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_bomb() -> bytes:
    """A file of some hundred kilobytes whose catalog lies in 300 MB of blanks."""
    places = b"1 0 2 40 3 80 "
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>".ljust(40),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".ljust(40),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    )
    squeeze = zlib.compressobj()
    packed = squeeze.compress(places + b"".join(parts))
    packed += b"".join(squeeze.compress(b" " * 1_000_000) for _ in range(300)) + squeeze.flush()
    head = b"%PDF-1.5\n"
    packed = _stream(5, b"/Type/ObjStm/N 3/First %d/Filter/FlateDecode" % len(places), packed)
    at = len(head) + len(packed)
    rows = [(0, 0, 0), *((2, 5, n) for n in range(3)), (0, 0, 0), (1, len(head), 0), (1, at, 0)]
    table = b"".join(bytes([of]) + where.to_bytes(4) + bytes([n]) for of, where, n in rows)
    table = _stream(6, b"/Type/XRef/Size 7/W[1 4 1]/Root 1 0 R", table)
    return head + packed + table + b"startxref\n%d\n%%%%EOF" % at


def _stream(number: int, facts: bytes, content: bytes) -> bytes:
    length = b"/Length %d" % len(content)
    head = b"%d 0 obj\n<<%s%s>>\nstream\n" % (number, facts, length)
    return head + content + b"\nendstream\nendobj\n"


def archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb", b"0" * 10_000_000)
    return out.getvalue()


def test_pdf_and_jpg_are_known_by_content():
    assert formats.sniff(pdf()) is DocumentFormat.PDF
    assert formats.sniff(jpg()) is DocumentFormat.JPG


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8", b"<html>", b"GIF89a" + TRAIL, archive(), TRAIL + pdf(), b"\x00" + jpg()],
)
def test_nothing_else_passes_for_a_document(content: bytes):
    assert formats.sniff(content) is None


def test_a_picture_loses_its_metadata_and_what_is_behind_it_and_stands_upright():
    cleaned = formats.cleaned(jpg(orientation=6) + TRAIL, DocumentFormat.JPG)

    with Image.open(BytesIO(cleaned)) as image:
        assert not image.getexif()
        assert image.size == (20, 40)
    assert b"Camera" not in cleaned
    assert TRAIL not in cleaned


def test_a_pdf_loses_its_metadata_scripts_and_attachments():
    cleaned = formats.cleaned(pdf() + TRAIL, DocumentFormat.PDF)

    reader = PdfReader(BytesIO(cleaned), strict=True)
    assert len(reader.pages) == 1
    assert "/Author" not in (reader.metadata or {})
    for words in (b"app.alert", b"secret", b"/Names", b"/OpenAction", TRAIL):
        assert words not in cleaned


@pytest.mark.parametrize(
    ("content", "of"),
    [
        (pdf(password="1"), DocumentFormat.PDF),
        (pdf(pages=formats.PAGE_LIMIT + 1), DocumentFormat.PDF),
        (pdf()[:200], DocumentFormat.PDF),
        (jpg()[:100], DocumentFormat.JPG),
        (archive(), DocumentFormat.JPG),
    ],
)
def test_what_is_locked_endless_or_broken_is_refused(content: bytes, of: DocumentFormat):
    with pytest.raises(DocumentDamaged):
        formats.cleaned(content, of)


def test_a_pdf_that_unpacks_to_very_much_is_refused():
    content = pdf_bomb()

    with pytest.raises(DocumentDamaged):
        formats.cleaned(content, DocumentFormat.PDF)
    assert not formats.is_whole(content, DocumentFormat.PDF)


def test_a_picture_of_too_many_dots_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(formats, "PIXEL_LIMIT", 100)

    with pytest.raises(DocumentDamaged):
        formats.cleaned(jpg(), DocumentFormat.JPG)


@pytest.mark.parametrize(
    ("content", "of", "is_whole"),
    [
        (pdf(), DocumentFormat.PDF, True),
        (pdf()[:300], DocumentFormat.PDF, False),
        (jpg(), DocumentFormat.JPG, True),
        (jpg()[:-60], DocumentFormat.JPG, False),
        (b"<x/>", DocumentFormat.XML, False),
    ],
)
def test_whether_a_file_could_be_shown_is_known_at_its_arrival(
    content: bytes, of: DocumentFormat, *, is_whole: bool
):
    assert formats.is_whole(content, of) is is_whole
