"""The two versions of ESIA's protocol: what a client signs in each, and how it is checked.

Source: esia-protocol.md §2.2, §3.1. For a refresh in v3 the sources disagree on
the message, so both are taken.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final
from urllib.parse import unquote

V1_ORDER: Final = ("scope", "timestamp", "client_id", "state")
V2_ORDER: Final = ("client_id", "scope", "scope_org", "timestamp", "state", "redirect_uri")
_V3_REFRESH: Final = ("client_id", "scope", "timestamp", "state", "refresh_token")


class Version(StrEnum):
    """v1 has `/ac` and `/te`; v2 has `/v2/ac` and `/v3/te`."""

    V1 = "v1"
    V2 = "v2"


def signed_messages(
    version: Version, params: Mapping[str, str], *, strict: bool = True
) -> list[str]:
    """Return the texts of which the client must have signed one; absent parameters are empty."""
    if version is Version.V1:
        return [_joined(V1_ORDER, params)]
    orders: list[tuple[str, ...]]
    if params.get("grant_type") == "authorization_code":
        orders = [(*V2_ORDER, "code")]
    elif params.get("grant_type") == "refresh_token":
        orders = [V2_ORDER, _V3_REFRESH]
    else:
        orders = [V2_ORDER]
    if not strict:
        orders.append(V1_ORDER)
    # some integrators encode redirect_uri twice in the body, and sign it as it is meant
    plain = {**params, "redirect_uri": unquote(params.get("redirect_uri", ""))}
    messages = [_joined(order, given) for order in orders for given in (params, plain)]
    return list(dict.fromkeys(messages))


def _joined(order: tuple[str, ...], params: Mapping[str, str]) -> str:
    return "".join(params.get(name, "") for name in order)
