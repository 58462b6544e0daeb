"""Every control call does what its OpenAPI description says, whatever is sent to it."""

from collections.abc import Iterator

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.routing import Route

from esia_sim import Config, create_app, openapi, run_in_thread

KEY = "k" * 20
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# Nobody listens where the cabinet would be.
CONFIG = Config(cabinet_url="http://127.0.0.1:9")
PAGES = {"/_sim/", "/_sim/desk", "/_sim/key", "/_sim/openapi.json"}
ROUTES = [
    route
    for route in create_app().routes
    if isinstance(route, Route)
    and route.path.startswith(("/_sim", "/logs"))
    and route.path not in PAGES
]
CALLS = [
    (route.path, method)
    for route in ROUTES
    for method in sorted((route.methods or set()) - {"HEAD"})
]
OPEN = {("/_sim/health", "GET")}
schema = schemathesis.openapi.from_dict(openapi.describe(ROUTES))


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with run_in_thread(CONFIG) as esia:
        yield esia.url


@schema.parametrize()
@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_every_call_answers_as_it_is_described(case: Case, url: str):
    (case.query or {}).pop("wait", None)  # a minute of waiting is no error
    if isinstance(case.body, dict):
        case.body.pop("follow", None)  # there is no cabinet to follow

    case.call_and_validate(base_url=url, checks=CHECKS)


def test_every_control_call_is_described(url: str):
    paths = httpx.get(f"{url}/_sim/openapi.json", trust_env=False).json()["paths"]

    described = {(path, method.upper()) for path, calls in paths.items() for method in calls}

    assert described == set(CALLS)


@pytest.fixture(scope="module")
def stranger() -> Iterator[tuple[httpx.Client, str]]:
    """Somebody without the key, and a world on a stand beyond loopback."""
    with (
        run_in_thread(Config(host="0.0.0.0", control_key=KEY)) as esia,
        httpx.Client(base_url=esia.url, trust_env=False) as client,
    ):
        made = client.post("/_sim/worlds", headers={"X-Sim-Key": KEY}).json()
        yield client, f"/w/{made['id']}"


@pytest.mark.parametrize(("path", "method"), sorted(set(CALLS) - OPEN))
def test_beyond_loopback_no_control_call_answers_without_the_key(
    stranger: tuple[httpx.Client, str], path: str, method: str
):
    client, world = stranger

    answers = [client.request(method, root + path) for root in ("", world)]

    assert [one.status_code for one in answers] == [403, 403]
