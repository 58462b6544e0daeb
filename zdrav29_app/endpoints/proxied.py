"""Around everything served: who asks is the browser, not the proxy in front of us."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from zdrav29_app.settings import settings


def behind_proxies(app: ASGIApp) -> ASGIApp:
    """The application, told the address that the outermost of our proxies saw.

    Each proxy adds one address at the end of `X-Forwarded-For`; what stands before those of ours
    was written by whoever asks and counts for nothing.
    """

    async def told(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and settings.trusted_proxy_hops:
            scope = {**scope, "client": _asking(scope)}
        await app(scope, receive, send)

    return told


def _asking(scope: Scope) -> tuple[str, int] | None:
    written = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))
    addresses = [each.strip() for each in written.split(",") if each.strip()]
    if len(addresses) < settings.trusted_proxy_hops:
        return scope.get("client")
    return addresses[-settings.trusted_proxy_hops], 0
