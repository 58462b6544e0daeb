"""What a file really is, and what is taken out of it."""

import zipfile
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
