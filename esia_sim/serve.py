"""uvicorn as the stand needs it: quiet, and stopping at once even while somebody listens.

Why uvicorn: docs/decisions/026-uvicorn-for-the-simulator.md.
"""

import asyncio
import logging
import socket
from typing import TYPE_CHECKING, Final, cast

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from esia_sim.config import Config
from esia_sim.guard import HANG_UP

if TYPE_CHECKING:
    from esia_sim.worlds import Worlds

_LOGGING: Final = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "esia_sim": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}


class _HangingUp:
    """ASGI middleware that lets the application close the connection of a request."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # `send` is a method of uvicorn's request, which knows its connection
        transport: asyncio.Transport | None = getattr(
            getattr(send, "__self__", None), "transport", None
        )
        if transport:
            scope.setdefault("extensions", {})[HANG_UP] = transport.abort
        await self._app(scope, receive, send)


class Server(uvicorn.Server):
    """A server that lets waiting calls and open phones go before it stops."""

    def __init__(self, app: Starlette, *, with_logging: bool) -> None:
        """Serve the application of a stand."""
        super().__init__(
            uvicorn.Config(
                _HangingUp(app),
                access_log=False,
                http="httptools",
                lifespan="off",
                log_config=_LOGGING if with_logging else None,
                log_level=logging.WARNING,
                server_header=False,
                timeout_graceful_shutdown=1,
            )
        )
        self._worlds = cast("Worlds", app.state.worlds)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop."""
        self._worlds.close()
        await super().shutdown(sockets)


def open_socket(config: Config) -> socket.socket:
    """Take the stand's address; port 0 takes a free one.

    Raises:
        OSError: the port is busy or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    # asyncio switches TCP_NODELAY on only where the protocol is named; without it an answer in two
    # parts waits 40 ms for an acknowledgement
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            # On Windows SO_REUSEADDR would let two stands share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((config.host, config.port))
        listener.listen(128)
    except BaseException:
        listener.close()
        raise
    return listener
