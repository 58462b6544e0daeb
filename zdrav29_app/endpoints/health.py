"""For supervisors: `/healthz` says that the process lives, `/readyz` that it can serve."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse

from zdrav29_app.db.engine import is_ready


async def alive(_: Request) -> PlainTextResponse:
    """200 as long as the process answers."""
    return PlainTextResponse("ok")


async def ready(_: Request) -> PlainTextResponse:
    """200 when the database answers and has its schema, 503 otherwise."""
    return PlainTextResponse("ok") if await is_ready() else PlainTextResponse("database", 503)
