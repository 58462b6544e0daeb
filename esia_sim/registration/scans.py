"""Scans of documents: taken by their content, not by their name; nothing but a digest is kept."""

import hashlib
from typing import Final

from starlette.datastructures import FormData, UploadFile

from esia_sim.forms import Form
from esia_sim.records import Scan
from esia_sim.registration import texts

MOST: Final = 4
LARGEST: Final = 10 * 1024 * 1024
# All that a registration may send at once: the scans and what surrounds them.
LARGEST_BODY: Final = MOST * LARGEST + 256 * 1024
_SIGNATURES: Final = {b"%PDF-": "PDF", b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG"}
_LONGEST_NAME: Final = 80


async def read_scans(form: Form, sent: FormData) -> list[Scan]:
    """Read the files of a form; what is wrong with one of them is said by its name."""
    files = [one for one in sent.getlist("scans") if isinstance(one, UploadFile) and one.filename]
    if not files:
        form.refuse("scans", texts.NO_SCANS)
    if len(files) > MOST:
        form.refuse("scans", texts.TOO_MANY_SCANS)
        return []
    found = [await _read(form, file) for file in files]
    return [scan for scan in found if scan]


async def _read(form: Form, file: UploadFile) -> Scan | None:
    name = (file.filename or "")[-_LONGEST_NAME:]
    content = await file.read(LARGEST + 1)
    kind = next((kind for start, kind in _SIGNATURES.items() if content.startswith(start)), None)
    if not content:
        form.refuse("scans", texts.wrong_scan(name, texts.EMPTY_FILE))
    elif len(content) > LARGEST:
        form.refuse("scans", texts.wrong_scan(name, texts.TOO_LARGE))
    elif kind is None:
        form.refuse("scans", texts.wrong_scan(name, texts.NOT_A_PICTURE))
    else:
        return Scan(name, kind, len(content), hashlib.sha256(content).hexdigest())
    return None
