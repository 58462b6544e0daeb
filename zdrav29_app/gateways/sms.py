"""The SMS gateway: one JSON POST; in a demo the phone of the simulator takes it."""

import httpx

from zdrav29_app import spans
from zdrav29_app.errors import GatewayError
from zdrav29_app.gateways.trust import trusted
from zdrav29_app.texts.common import SERVICE

TIMEOUT = httpx.Timeout(10, connect=3)


async def send(url: str, *, to: str, text: str, key: str = "") -> None:
    """Hand one SMS to the gateway; `key` is what the simulator asks for beyond loopback.

    Raises:
        GatewayError: it did not take it; permanent when it says that the message is wrong.
    """
    await post(url, {"channel": "sms", "to": to, "text": text, "from": SERVICE}, key=key)


async def post(url: str, message: dict[str, str], *, key: str = "") -> None:
    """POST a message as JSON.

    Raises:
        GatewayError: no answer or a refusal.
    """
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT, verify=trusted()) as client:
            with spans.call("POST", url):
                response = await client.post(
                    url, json=message, headers={"X-Sim-Key": key} if key else {}
                )
    except httpx.HTTPError as error:
        raise GatewayError(type(error).__name__, permanent=False) from None
    if response.is_error:
        raise GatewayError(f"HTTP {response.status_code}", permanent=response.is_client_error)
