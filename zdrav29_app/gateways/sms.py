"""The SMS gateway: one JSON POST; in a demo the phone of the simulator takes it."""

import httpx

from zdrav29_app.errors import GatewayError
from zdrav29_app.texts.common import SERVICE

TIMEOUT = httpx.Timeout(10, connect=3)


async def send(url: str, *, to: str, text: str) -> None:
    """Hand one SMS to the gateway.

    Raises:
        GatewayError: it did not take it; permanent when it says that the message is wrong.
    """
    await post(url, {"channel": "sms", "to": to, "text": text, "from": SERVICE})


async def post(url: str, message: dict[str, str]) -> None:
    """POST a message as JSON.

    Raises:
        GatewayError: no answer or a refusal.
    """
    try:
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            response = await client.post(url, json=message)
    except httpx.HTTPError as error:
        raise GatewayError(type(error).__name__, permanent=False) from None
    if response.is_error:
        raise GatewayError(f"HTTP {response.status_code}", permanent=response.is_client_error)
