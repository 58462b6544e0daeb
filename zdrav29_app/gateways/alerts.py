"""The webhook of whoever is on duty: one JSON POST."""

from zdrav29_app.gateways.sms import post


async def send(url: str, alert: dict[str, str]) -> None:
    """Hand one alert over.

    Raises:
        GatewayError: it was not taken; permanent when the receiver says that it is wrong.
    """
    await post(url, alert)
