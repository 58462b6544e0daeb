"""Documents whole: a row of the database and the bytes of the store, together.

The one room that knows both, so that neither services nor gateways need to know each other.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial

import anyio.to_thread

from zdrav29_app import clock
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import CabinetError, DocumentDamaged, FileRefused
from zdrav29_app.gateways import cda, cda_page, differences, files, formats
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import Change, Dated, DocumentFormat, DocumentKind, Readable, StoredFile
from zdrav29_app.services import arrivals, document_reports, documents, support_files
from zdrav29_app.services.arrivals import NewDocument, NewVersion
from zdrav29_app.services.documents import Action, Paper, Version
from zdrav29_app.services.support import Request
from zdrav29_app.services.support_files import NewFile
from zdrav29_app.values import local

log = logging.getLogger(__name__)

UPLOADED = (DocumentFormat.PDF, DocumentFormat.JPG)


async def new_version(
    content: bytes,
    as_format: DocumentFormat,
    change: str = "",
    *,
    made_at: datetime | None = None,
) -> NewVersion:
    """Keep a file that came from a clinic, as it came; whether it can be shown is noted."""
    is_whole = await anyio.to_thread.run_sync(formats.is_whole, content, as_format)
    if not is_whole:
        log.warning("document damaged at arrival format=%s bytes=%d", as_format, len(content))
    return NewVersion(
        file=await files.put(content),
        format=as_format,
        made_at=made_at or clock.now(),
        is_damaged=not is_whole,
        change=change,
    )


async def readable(file: StoredFile) -> Readable:
    """A structured document as it can be shown.

    Raises:
        DocumentDamaged: it is not what was put there, or no document we know how to read.
        FilesSilent: the store does not answer.
    """
    try:
        return cda.read(await _small(file))
    except DocumentDamaged:
        log.warning("document damaged at opening file=%s", file.name)
        raise


async def page(file: StoredFile, look: Mapping[str, str]) -> str:
    """A structured document as a page of HTML; `look` as in gateways/cda_page.py.

    Raises:
        DocumentDamaged: as for `readable`.
        FilesSilent: the store does not answer.
    """
    content = await _small(file)
    return await anyio.to_thread.run_sync(cda_page.page, content, look)


async def source(file: StoredFile) -> str:
    """The original tree of a structured document, indented; raises as `readable` does."""
    return cda.source(await _small(file))


async def changes(old: Version, new: Version) -> tuple[Change, ...]:
    """What a version says otherwise than an earlier one.

    Raises:
        DocumentDamaged: they cannot be compared: pictures, scans, two formats, a damaged file.
        FilesSilent: the store does not answer.
    """
    sizes = (old.file.size, new.file.size)
    if old.format is not new.format or max(sizes) > differences.SIZE_LIMIT:
        raise DocumentDamaged
    before, after = await files.read(old.file), await files.read(new.file)
    return await anyio.to_thread.run_sync(differences.between, before, after, new.format)


async def results_over_time(
    viewer: Viewer, *, until: date, read: Mapping[StoredFile, Readable] | None = None
) -> dict[str, list[Dated]]:
    """The viewer's laboratory results by the code of the test, the earliest first.

    A document that cannot be read is left out; the others are noted as quoted. What has been read
    already is not read again.
    """
    known = read or {}
    found: defaultdict[str, list[Dated]] = defaultdict(list)
    laboratory = await reading(documents.structured_files, viewer, DocumentKind.LAB, until=until)
    for document_id, file in reversed(laboratory):
        try:
            one = known.get(file) or await readable(file)
        except DocumentDamaged:
            continue
        day = local(one.made_at).date()
        for measured in one.results:
            found[measured.code].append(Dated(day, document_id, measured))
    await _note_quoted(viewer, {one.document_id for each in found.values() for one in each})
    return found


async def vaccinations(viewer: Viewer, *, until: date) -> tuple[str, ...]:
    """What the newest certificate of vaccinations says, line by line; empty when there is none."""
    found = await reading(documents.structured_files, viewer, DocumentKind.VACCINATION, until=until)
    for document_id, file in found:
        try:
            certificate = await readable(file)
        except DocumentDamaged:
            continue
        await _note_quoted(viewer, {document_id})
        return tuple(line for part in certificate.sections for line in part.lines)
    return ()


async def _note_quoted(viewer: Viewer, document_ids: set[int]) -> None:
    if viewer.is_acting:
        await in_transaction(documents.note_quoted, viewer, document_ids)


async def _small(file: StoredFile) -> bytes:
    if file.size > cda.SIZE_LIMIT:
        raise DocumentDamaged
    return await files.read(file)


async def upload(viewer: Viewer, new: NewDocument, content: bytes) -> int:
    """Take in what the viewer adds herself, without what it tells of its maker; gives its id.

    Raises:
        FileRefused: it is no PDF or JPG, is locked, broken, or has too many pages.
        FilesSilent: the store does not answer.
    """
    clean, found = await _cleaned(content, frozenset(UPLOADED))
    version = NewVersion(await files.put(clean), found, made_at=clock.now())
    return await in_transaction(arrivals.upload, viewer, new, version)


async def attach(viewer: Viewer, number: str, name: str, content: bytes) -> None:
    """Take in a file for one of the viewer's requests to support; raises as `upload` does.

    Raises:
        NotFound: the viewer has no such request.
        TooManyRequests: it has as many files as it may have.
    """
    await reading(support_files.check_may_add, viewer, number)
    clean, found = await _cleaned(content, frozenset(UPLOADED))
    new = NewFile(name, found, await files.put(clean))
    await in_transaction(support_files.add, viewer, number, new)


async def report(
    viewer: Viewer, document_id: int, *, text: str, about: str, photo: bytes, name: str
) -> Request:
    """Tell support of an error in a document, with a photo of this name unless it is empty.

    Raises:
        NotFound: there is no such document for this viewer.
        TooManyRequests: she has very many open requests.
        FileRefused: the photo is no JPG, or is broken.
        FilesSilent: the store does not answer.
    """
    kept = None
    if photo:
        clean, found = await _cleaned(photo, frozenset({DocumentFormat.JPG}))
        kept = NewFile(name, found, await files.put(clean))
    told = partial(document_reports.report, text=text, about=about, photo=kept)
    try:
        return await in_transaction(told, viewer, document_id)
    except CabinetError:
        if kept:
            await files.delete(kept.file.name)
        raise


async def places(viewer: Viewer, paper: Paper) -> dict[str, str]:
    """Names of what a structured document holds, by code: its results, and its other parts.

    It counts as opened. Nothing is named of another format, or of what cannot be read.
    """
    if paper.format is not DocumentFormat.XML or paper.is_damaged:
        return {}
    opened = await in_transaction(
        documents.open_document, viewer, paper.id, act=Action.DOCUMENT_OPENED
    )
    try:
        found = await readable(opened.shown.file)
    except DocumentDamaged:
        return {}
    parts = {one.code: one.title for one in found.sections if not one.results}
    return {one.code: one.name for one in found.results} | parts


async def _cleaned(
    content: bytes, accepted: frozenset[DocumentFormat]
) -> tuple[bytes, DocumentFormat]:
    found = formats.sniff(content)
    if found is None or found not in accepted:
        raise FileRefused
    try:
        return await anyio.to_thread.run_sync(formats.cleaned, content, found), found
    except DocumentDamaged:
        raise FileRefused from None


async def forget(version: NewVersion) -> None:
    """Remove a file that became no document after all."""
    await files.delete(version.file.name)


async def correct(document_id: int, content: bytes, as_format: DocumentFormat, change: str) -> None:
    """Take in a corrected version from the clinic."""
    version = await new_version(content, as_format, change)
    await in_transaction(arrivals.add_version, document_id, version)
