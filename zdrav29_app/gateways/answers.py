"""Whether a neighbour answers at all; what it says of itself does not matter."""

from urllib.parse import urlsplit

import aiosmtplib
import httpx

from zdrav29_app.gateways.trust import trusted

TIMEOUT = httpx.Timeout(10, connect=3)
SMTP_SECONDS = 10


async def answers(url: str) -> bool:
    """Whether whoever stands behind this address (http, https, smtp, smtps) answers."""
    if urlsplit(url).scheme.startswith("smtp"):
        return await _smtp_answers(url)
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, verify=trusted()) as web:
            return not (await web.head(url)).is_server_error
    except httpx.HTTPError:
        return False


async def _smtp_answers(url: str) -> bool:
    server = urlsplit(url)
    client = aiosmtplib.SMTP(
        hostname=server.hostname or "",
        port=server.port,
        use_tls=server.scheme == "smtps",
        timeout=SMTP_SECONDS,
    )
    try:
        async with client:
            await client.noop()
    except (aiosmtplib.SMTPException, OSError):
        return False
    return True
