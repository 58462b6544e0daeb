"""For supervisors and Prometheus: whether the process lives, what it can serve and counts."""

import hmac

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from zdrav29_app import limits
from zdrav29_app import metrics as counted
from zdrav29_app.db.engine import what_is_missing
from zdrav29_app.errors import NotFound
from zdrav29_app.framework import BUILT
from zdrav29_app.settings import LOOPBACK_HOSTS, settings


async def alive(_: Request) -> PlainTextResponse:
    """200 as long as the process answers."""
    return PlainTextResponse("ok")


async def ready(_: Request) -> PlainTextResponse:
    """200 when it can serve; otherwise 503 with what is missing.

    That is `front end` when it is not built, `database` when it does not answer, `migrations` when
    its schema is not the newest, `redis` when that is set and does not answer.
    """
    missing = "" if (BUILT / "index.html").is_file() else "front end"
    missing = missing or await what_is_missing() or ("" if await limits.is_ready() else "redis")
    return PlainTextResponse(missing or "ok", 503 if missing else 200)


async def metrics(request: Request) -> Response:
    """What was counted, in Prometheus's own format.

    Raises:
        NotFound: whoever asks may not know that there is such an address.
    """
    if not _may_read(request):
        raise NotFound
    return Response(counted.exposed(), headers={"Content-Type": counted.CONTENT_TYPE})


def _may_read(request: Request) -> bool:
    """With a key whoever has it; without one a program of this machine, not through a proxy."""
    if settings.metrics_key:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.metrics_key}".encode())
    is_through_proxy = bool(
        {"forwarded", "x-forwarded-for", "x-real-ip"} & set(request.headers.keys())
    )
    host = request.client.host if request.client else ""
    return host in LOOPBACK_HOSTS and not is_through_proxy and not settings.trusted_proxy_hops
