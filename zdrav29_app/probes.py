"""Looks after the neighbours the cabinet depends on. Part of the cabinet's process."""

import asyncio

from zdrav29_app.gateways import esia
from zdrav29_app.services import status
from zdrav29_app.services.status import Neighbour
from zdrav29_app.settings import settings

EVERY_SECONDS = 15


async def run() -> None:
    """Work until cancelled."""
    while True:
        status.note(Neighbour.ESIA, answers=await esia.answers(settings.esia_url))
        await asyncio.sleep(EVERY_SECONDS)
