"""Documents whole: a row of the database and the bytes of the store, together.

The one room that knows both, so that neither services nor gateways need to know each other.
"""

from datetime import datetime

import anyio.to_thread

from zdrav29_app import clock
from zdrav29_app.db.engine import in_transaction
from zdrav29_app.gateways import files, formats
from zdrav29_app.papers import DocumentFormat
from zdrav29_app.services import arrivals
from zdrav29_app.services.arrivals import NewVersion


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


async def correct(document_id: int, content: bytes, as_format: DocumentFormat, change: str) -> None:
    """Take in a corrected version from the clinic."""
    version = await new_version(content, as_format, change)
    await in_transaction(arrivals.add_version, document_id, version)
