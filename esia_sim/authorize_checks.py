"""What `/aas/oauth2/ac` and `/v2/ac` check: the request at once, the person once signed in.

Source: esia-protocol.md §2.1, §4.1.
"""

from collections.abc import Mapping
from typing import Final

from esia_sim import permissions, pkce, relations, scopes
from esia_sim.client_auth import HASH, check_client
from esia_sim.clients import Client
from esia_sim.errors import Code, EsiaError
from esia_sim.people import Person
from esia_sim.store import World
from esia_sim.versions import Version
from esia_sim.wire import Params

# Extensions of ours: the way in that opens first, and the demand for a second factor.
WAY, STEP_UP = "esia_sim_way", "esia_sim_step_up"
FIRST_PAGES: Final = {
    "password": "/login",
    "biometrics": "/login",
    "sms": "/login/sms",
    "app": "/login/app",
    "signature": "/login/signature",
}
_REQUIRED: Final = ("client_id", "client_secret", "scope", "response_type", "state", "timestamp")
_VALUES: Final = {
    "access_type": ("online", "offline"),
    "person_filter": ("conf_acc", "acc_kid", "acc_not_kid"),
    WAY: tuple(FIRST_PAGES),
    STEP_UP: ("1",),
}


def check_return_address(world: World, params: Params) -> Client:
    """Check what decides whether the browser may be sent back at all.

    Raises:
        EsiaError: without an address to return to, so that it ends on our own page.
    """
    params.require_one("client_id", "redirect_uri")
    client = world.clients.get(params["client_id"])
    if client is None:
        raise EsiaError(Code.CLIENT_REFUSED)
    if not client.may_return_to(params["redirect_uri"]):
        raise EsiaError(Code.REDIRECT_URI)
    return client


def check_request(world: World, params: Params, version: Version) -> None:
    """Check everything else that can be checked before anybody signs in.

    Raises:
        EsiaError: with the code of the first thing that is wrong.
    """
    params.require_one(*_required(world, params, version))
    if params["response_type"] != "code":
        raise EsiaError(Code.RESPONSE_TYPE)
    wrong = any(params.get(name, known[0]) not in known for name, known in _VALUES.items())
    if params.repeated or wrong:
        raise EsiaError(Code.WRONG_PARAMETER)
    client = check_client(world, params, version)
    check_scopes(client, params)
    _check_v2_parameters(world, params)


def check_scopes(client: Client, params: Mapping[str, str]) -> None:
    """Check that the scopes exist and that the client may ask for them.

    Raises:
        EsiaError: ESIA-007006 for an unknown one, ESIA-007019 for one that was not granted.
    """
    asked = params.get("scope", "").split()
    of_organisations = [scopes.bare(name) for name in params.get("scope_org", "").split()]
    known = all(name in scopes.TITLES and name not in scopes.OF_ORGANISATIONS for name in asked)
    known &= all(name in scopes.OF_ORGANISATIONS for name in of_organisations)
    if not known or not (asked or of_organisations):
        raise EsiaError(Code.UNKNOWN_SCOPE)
    if not client.scopes.issuperset([*asked, *of_organisations]):
        raise EsiaError(Code.SCOPE_NOT_ALLOWED)


def problem_with_person(world: World, person: Person, asked: Mapping[str, str]) -> Code | None:
    """Return why this person cannot be the one whom the request wants."""
    wanted = asked.get("person_filter")
    if wanted == "conf_acc" and not person.is_confirmed:
        return Code.UNCONFIRMED
    if wanted in {"acc_kid", "acc_not_kid"} and relations.is_child(world, person) != (
        wanted == "acc_kid"
    ):
        return Code.WRONG_USER_TYPE
    own = {str(person.organisation.oid)} if person.organisation else set[str]()
    named = [scopes.organisation(name) for name in asked.get("scope_org", "").split()]
    if named and (not own or any(oid and oid not in own for oid in named)):
        return Code.NOT_EMPLOYEE
    return None


def _required(world: World, params: Params, version: Version) -> tuple[str, ...]:
    if version is Version.V1:
        return _REQUIRED
    client = world.clients[params["client_id"]]
    names = tuple(name for name in _REQUIRED if name != "scope" or "scope_org" not in params)
    return (*names, HASH) if client.strict else names


def _check_v2_parameters(world: World, params: Params) -> None:
    assumed = world.config.assumed
    pkce.check_challenge(params, assumed)
    if not set(params.get("obj_type", "").split()) <= set(assumed.obj_types):
        raise EsiaError(Code.WRONG_OBJECT_TYPE)
    if not set(params.get("roles", "").split()) <= set(assumed.roles):
        raise EsiaError(Code.WRONG_ROLES)
    if "permissions" in params:
        permissions.check(params["permissions"])
        if params.get("scope") != "openid":
            raise EsiaError(Code.PERMISSION_SCOPES)
