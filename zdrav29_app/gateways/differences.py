"""What a corrected version says otherwise: field by field, or line by line."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from zdrav29_app.errors import DocumentDamaged
from zdrav29_app.gateways import cda
from zdrav29_app.papers import Change, DocumentFormat, Readable, Section

SIZE_LIMIT = 2 * 1024 * 1024
"""Files above it hold scans, which have no words to compare."""
FIELDS = ("title", "patient", "author", "institution")


def between(old: bytes, new: bytes, of: DocumentFormat) -> tuple[Change, ...]:
    """What differs between two files of one format, in the order of the new one.

    Raises:
        DocumentDamaged: one of them cannot be read, or they hold no words.
    """
    if of is DocumentFormat.XML:
        return tuple(_of_readables(cda.read(old), cda.read(new)))
    if of is DocumentFormat.PDF:
        return tuple(_of_lines("", _lines(old), _lines(new)))
    raise DocumentDamaged


def _of_readables(old: Readable, new: Readable) -> Iterator[Change]:
    for field in FIELDS:
        if getattr(old, field) != getattr(new, field):
            yield Change(field, getattr(old, field), getattr(new, field))
    before, after = _by_code(old), _by_code(new)
    for code in {**after, **before}:
        yield from _of_sections(before.get(code), after.get(code))


def _by_code(document: Readable) -> dict[tuple[str, int], Section]:
    seen: Counter[str] = Counter()
    found: dict[tuple[str, int], Section] = {}
    for each in document.sections:
        seen[each.code] += 1
        found[each.code, seen[each.code]] = each
    return found


def _of_sections(old: Section | None, new: Section | None) -> Iterator[Change]:
    title = new.title if new else old.title if old else ""
    yield from _of_lines(title, old.lines if old else (), new.lines if new else ())
    before = {one.code: one for one in old.results} if old else {}
    after = {one.code: one for one in new.results} if new else {}
    for code in {**after, **before}:
        was, now = before.get(code), after.get(code)
        if was != now and (known := now or was):
            yield Change(known.name, was, now)
    if not before and not after:  # a table of results repeats them
        rows = [[" · ".join(row) for row in each.table] if each else [] for each in (old, new)]
        yield from _of_lines(title, *rows)


def _of_lines(place: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    for kind, begin, end, new_begin, new_end in SequenceMatcher(None, old, new).get_opcodes():
        if kind != "equal":
            yield Change(place, "\n".join(old[begin:end]), "\n".join(new[new_begin:new_end]))


def _lines(content: bytes) -> list[str]:
    try:
        pages = PdfReader(BytesIO(content)).pages
        lines = [line.strip() for page in pages for line in page.extract_text().splitlines()]
    except (PyPdfError, ValueError, KeyError) as error:
        raise DocumentDamaged from error
    if not any(lines):
        raise DocumentDamaged
    return _sentences(filter(None, lines))


def _sentences(lines: Iterable[str]) -> list[str]:
    """Lines that break in the middle of a sentence are put together again."""
    whole: list[str] = []
    for line in lines:
        if whole and not whole[-1].endswith((".", ":", "»")) and line[0].islower():
            whole[-1] += f" {line}"
        else:
            whole.append(line)
    return whole
