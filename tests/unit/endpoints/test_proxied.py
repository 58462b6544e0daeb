"""Behind proxies the address of the browser counts, and only what our proxies wrote of it."""

from types import SimpleNamespace

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.conftest import run
from zdrav29_app.endpoints import demo_guard, proxied


async def _says_who_asks(scope: Scope, receive: Receive, send: Send) -> None:
    client = scope["client"]
    await PlainTextResponse(client[0])(scope, receive, send)


def _seen(monkeypatch: pytest.MonkeyPatch, hops: int, forwarded: str) -> str:
    monkeypatch.setattr(proxied, "settings", SimpleNamespace(trusted_proxy_hops=hops))
    app = proxied.behind_proxies(_says_who_asks)
    return run(_ask(app, {"X-Forwarded-For": forwarded} if forwarded else {}))


async def _ask(app: ASGIApp, headers: dict[str, str]) -> str:
    proxy = httpx.ASGITransport(app, client=("10.0.0.1", 5))
    async with httpx.AsyncClient(transport=proxy, base_url="http://cabinet") as client:
        return (await client.get("/", headers=headers)).text


@pytest.mark.parametrize(
    ("hops", "forwarded", "seen"),
    [
        (0, "192.0.2.7", "10.0.0.1"),
        (1, "192.0.2.7", "192.0.2.7"),
        (1, "203.0.113.9, 192.0.2.7", "192.0.2.7"),
        (2, "203.0.113.9, 192.0.2.7, 10.0.0.2", "192.0.2.7"),
        (2, "192.0.2.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_as_many_addresses_count_as_there_are_proxies_of_ours(
    monkeypatch: pytest.MonkeyPatch, hops: int, forwarded: str, seen: str
):
    assert _seen(monkeypatch, hops, forwarded) == seen


@pytest.mark.parametrize(("hops", "is_let_in"), [(0, True), (1, False)])
def test_behind_a_proxy_a_loopback_address_is_no_key_to_the_demo_controls(
    monkeypatch: pytest.MonkeyPatch, hops: int, is_let_in: bool
):
    settings = SimpleNamespace(host="127.0.0.1", demo_key="k", trusted_proxy_hops=hops)
    monkeypatch.setattr(demo_guard, "settings", settings)

    request = Request({"type": "http", "headers": []})

    assert demo_guard._has_key(request) is is_let_in
