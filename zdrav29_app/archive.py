"""Documents whole: a row of the database and the bytes of the store, together.

The one room that knows both, so that neither services nor gateways need to know each other.
"""

from collections import defaultdict
from datetime import date, datetime

import anyio.to_thread

from zdrav29_app import clock
from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import DocumentDamaged, FileRefused
from zdrav29_app.gateways import cda, files, formats
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import Dated, DocumentFormat, DocumentKind, Readable, StoredFile
from zdrav29_app.services import arrivals, documents, support_files
from zdrav29_app.services.arrivals import NewDocument, NewVersion
from zdrav29_app.services.support_files import NewFile
from zdrav29_app.values import local


async def new_version(
    content: bytes,
    as_format: DocumentFormat,
    change: str = "",
    *,
    made_at: datetime | None = None,
) -> NewVersion:
    """Keep a file that came from a clinic, as it came; whether it can be shown is noted."""
    is_whole = await anyio.to_thread.run_sync(formats.is_whole, content, as_format)
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
    return cda.read(await _small(file))


async def source(file: StoredFile) -> str:
    """The original tree of a structured document, indented; raises as `readable` does."""
    return cda.source(await _small(file))


async def results_over_time(viewer: Viewer, *, until: date) -> dict[str, list[Dated]]:
    """The viewer's laboratory results by the code of the test, the earliest first.

    A document that cannot be read is left out.
    """
    found: defaultdict[str, list[Dated]] = defaultdict(list)
    laboratory = await reading(documents.structured_files, viewer, DocumentKind.LAB, until=until)
    for document_id, file in reversed(laboratory):
        try:
            one = await readable(file)
        except DocumentDamaged:
            continue
        day = local(one.made_at).date()
        for measured in one.results:
            found[measured.code].append(Dated(day, document_id, measured))
    return found


async def vaccinations(viewer: Viewer, *, until: date) -> tuple[str, ...]:
    """What the newest certificate of vaccinations says, line by line; empty when there is none."""
    found = await reading(documents.structured_files, viewer, DocumentKind.VACCINATION, until=until)
    for _, file in found:
        try:
            return tuple(line for part in (await readable(file)).sections for line in part.lines)
        except DocumentDamaged:
            continue
    return ()


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
    found, clean = await _cleaned(content)
    version = NewVersion(await files.put(clean), found, made_at=clock.now())
    return await in_transaction(arrivals.upload, viewer, new, version)


async def attach(viewer: Viewer, number: str, name: str, content: bytes) -> None:
    """Take in a file for one of the viewer's requests to support; raises as `upload` does.

    Raises:
        NotFound: the viewer has no such request.
        TooManyRequests: it has as many files as it may have.
    """
    await reading(support_files.check_may_add, viewer, number)
    found, clean = await _cleaned(content)
    new = NewFile(name, found, await files.put(clean))
    await in_transaction(support_files.add, viewer, number, new)


async def _cleaned(content: bytes) -> tuple[DocumentFormat, bytes]:
    found = formats.sniff(content)
    if found is None:
        raise FileRefused
    try:
        return found, await anyio.to_thread.run_sync(formats.cleaned, content, found)
    except DocumentDamaged:
        raise FileRefused from None


async def correct(document_id: int, content: bytes, as_format: DocumentFormat, change: str) -> None:
    """Take in a corrected version from the clinic."""
    version = await new_version(content, as_format, change)
    await in_transaction(arrivals.add_version, document_id, version)
