"""The cabinet follows the clock of the simulator when told to."""

import json
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

from anyio import to_thread

from esia_sim.config import Config
from esia_sim.errors import ControlError

_SECONDS = 10


async def tell_cabinet(config: Config, change: dict[str, object]) -> None:
    """Give the cabinet's demo clock a change in the form of `/_sim/clock`.

    Raises:
        ControlError: 502, the cabinet cannot be reached or refuses.
    """
    await to_thread.run_sync(_post, config, change)


def _post(config: Config, change: dict[str, object]) -> None:
    headers = {"Content-Type": "application/json", "X-Sim-Key": config.control_key or ""}
    url = f"{config.cabinet_url.rstrip('/')}/_demo/clock"
    request = Request(url, json.dumps(change).encode(), headers)  # noqa: S310 - http, see Config
    try:
        with build_opener(ProxyHandler({})).open(request, timeout=_SECONDS):
            pass
    except HTTPError as error:
        raise ControlError(502, f"the cabinet did not follow: HTTP {error.code}") from error
    except (OSError, HTTPException) as error:
        raise ControlError(502, f"the cabinet did not follow: {type(error).__name__}") from error
