"""Any bytes in any parameter of any endpoint give an answer that ESIA could give, never a 500."""

import asyncio
import base64
import json
import re
from dataclasses import dataclass
from urllib.parse import quote, quote_from_bytes, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sim_client import V2_ORDER, V3_ORDER, GostSigner, Signer, Stand, run

from esia_sim.config import Config

NAMES = (
    "client_id", "client_secret", "redirect_uri", "scope", "scope_org", "response_type", "state",
    "timestamp", "access_type", "client_certificate_hash", "permissions", "person_filter",
    "obj_type", "roles", "code_challenge", "code_challenge_method", "esia_sim_way",
    "esia_sim_step_up", "grant_type", "code", "refresh_token", "code_verifier", "token_type",
    "nonce", "redirect_url", "embed", "", "ключ",
)  # fmt: skip
ANYTHING = st.one_of(
    st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode(errors="replace"))
)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ESIA_CODE = re.compile(r"ESIA-\d{6}")
MANY = settings(max_examples=120)
FEW = settings(max_examples=40)
STRANGERS = ("Каргопольская", "vera@pomor.example", "900-000-103")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@pytest.fixture(scope="module")
def shared(config: Config, signer: Signer) -> Stand:
    return Stand(config, signer)


@pytest.fixture(scope="module")
def token(shared: Stand) -> str:
    return shared.tokens(scope="openid fullname mobile")["access_token"]


def call(
    stand: Stand,
    method: str,
    path: str,
    query: bytes = b"",
    body: bytes = b"",
    headers: list[tuple[bytes, bytes]] | None = None,
) -> Answer:
    """Speak ASGI itself, because HTTP clients repair what they send."""
    form = [(b"content-type", b"application/x-www-form-urlencoded")] if headers is None else headers
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
        "scheme": "https", "path": path, "raw_path": quote(path).encode(), "query_string": query,
        "headers": [(b"host", b"stand.example"), *form], "client": ("127.0.0.1", 1),
        "server": ("stand.example", 443), "root_path": "",
    }  # fmt: skip
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    async def speak() -> None:
        await asyncio.wait_for(stand.app(scope, receive, send), 10)  # pyright: ignore[reportArgumentType]

    run(speak())
    heads = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return Answer(sent[0]["status"], heads, b"".join(one.get("body", b"") for one in sent[1:]))


def encoded(params: dict[str, str], name: str, value: bytes) -> bytes:
    pairs = [(quote(one), quote(text)) for one, text in params.items() if one != name]
    pairs.append((quote(name), quote_from_bytes(value)))
    return "&".join(f"{one}={text}" for one, text in pairs).encode()


def check_authorize(answer: Answer) -> None:
    if answer.status == 400:
        assert ESIA_CODE.search(answer.text)
        return
    assert answer.status == 302
    target = answer.headers["location"]
    if not target.startswith("/login"):
        assert urlsplit(target).hostname == "cabinet.example"
        assert ESIA_CODE.search(target)


def check_token(answer: Answer) -> None:
    assert answer.status in {400, 401}
    facts = json.loads(answer.body)
    assert ESIA_CODE.match(facts["error_description"])
    assert facts["error"]


@MANY
@given(name=st.sampled_from(NAMES), value=ANYTHING, posted=st.booleans())
@pytest.mark.parametrize("path", ["/aas/oauth2/ac", "/aas/oauth2/v2/ac", "/oidc/authorize"])
def test_authorization_endpoints(shared: Stand, path: str, name: str, value: bytes, posted: bool):
    written = encoded(shared.params(), name, value)

    answer = call(
        shared,
        "POST" if posted else "GET",
        path,
        query=b"" if posted else written,
        body=written if posted else b"",
    )

    check_authorize(answer)


@MANY
@given(name=st.sampled_from(NAMES), value=ANYTHING, in_query=st.booleans())
@pytest.mark.parametrize("path", ["/aas/oauth2/te", "/aas/oauth2/v3/te", "/oidc/token"])
def test_token_endpoints(shared: Stand, path: str, name: str, value: bytes, in_query: bool):
    written = encoded(shared.token_params(code="x"), name, value)

    answer = call(
        shared,
        "POST",
        path,
        query=written if in_query else b"",
        body=b"" if in_query else written,
    )

    check_token(answer)


@FEW
@given(name=st.sampled_from([name for name in NAMES if name != "redirect_uri"]), value=WORDS)
def test_well_signed_requests_with_any_words(
    shared: Stand, gost_signer: GostSigner, name: str, value: str
):
    v1 = shared.params(**{name: value})
    v2 = shared.v2_params(gost_signer, **{name: value})

    for path, params in (("/aas/oauth2/ac", v1), ("/aas/oauth2/v2/ac", v2)):
        written = encoded(params, "_", b"")
        check_authorize(call(shared, "GET", path, query=written))
        check_authorize(call(shared, "POST", path, body=written))


@FEW
@given(
    name=st.sampled_from(NAMES),
    value=WORDS,
    grant=st.sampled_from(["authorization_code", "refresh_token", "client_credentials"]),
)
def test_well_signed_token_requests_with_any_words(
    shared: Stand, gost_signer: GostSigner, name: str, value: str, grant: str
):
    given_params = {
        "code": "x",
        "refresh_token": "y",
        "grant_type": grant,
        "scope": "prm_chg?oid=1",
    }
    order = V3_ORDER if grant == "authorization_code" else V2_ORDER
    v1 = shared.token_params(**given_params | {name: value})
    v3 = shared.v3_params(gost_signer, order, **given_params | {name: value})

    for path, params in (("/aas/oauth2/te", v1), ("/aas/oauth2/v3/te", v3)):
        check_token(call(shared, "POST", path, body=encoded(params, "_", b"")))


@MANY
@given(
    body=st.binary(max_size=400), kind=st.sampled_from(["urlencoded", "multipart", "json", "none"])
)
@pytest.mark.parametrize("path", ["/aas/oauth2/te", "/aas/oauth2/v3/te", "/oidc/token"])
def test_bodies_that_are_no_forms(shared: Stand, path: str, body: bytes, kind: str):
    kinds = {
        "urlencoded": b"application/x-www-form-urlencoded",
        "multipart": b"multipart/form-data; boundary=b",
        "json": b"application/json",
        "none": b"\xff",
    }

    check_token(call(shared, "POST", path, body=body, headers=[(b"content-type", kinds[kind])]))


@MANY
@given(tail=st.text(max_size=40), query=st.binary(max_size=40))
@pytest.mark.parametrize("start", ["", "prns/", "prns/1000000101/", "prns/1000000103/", "orgs/"])
def test_rest_with_a_good_token(shared: Stand, token: str, start: str, tail: str, query: bytes):
    headers = [(b"authorization", f"Bearer {token}".encode())]

    answer = call(shared, "GET", f"/rs/{start}{tail}", query=b"embed=" + query, headers=headers)

    assert answer.status in {200, 403, 404}
    assert answer.headers["content-type"] == "application/json"
    assert not any(stranger in answer.text for stranger in STRANGERS)


@MANY
@given(
    junk=st.binary(max_size=120), kind=st.sampled_from([b"Bearer ", b"", b"Basic ", b"bearer  "])
)
@pytest.mark.parametrize("path", ["/rs/prns/1000000101", "/oidc/userinfo"])
def test_any_bytes_for_a_token(shared: Stand, path: str, junk: bytes, kind: bytes):
    answer = call(shared, "GET", path, headers=[(b"authorization", kind + junk)])

    assert answer.status == 401
    assert json.loads(answer.body)["code"] == "ESIA-005011"


@MANY
@given(
    header=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=10),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner),
        max_leaves=4,
    )
)
def test_any_json_for_the_header_of_a_token(shared: Stand, token: str, header: object):

    first = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    other = f"{first}.{token.partition('.')[2]}"

    answer = call(
        shared,
        "GET",
        "/rs/prns/1000000101",
        headers=[(b"authorization", b"Bearer " + other.encode())],
    )

    assert answer.status == 401


@FEW
@given(name=st.sampled_from(NAMES), value=ANYTHING)
def test_logout_stays_at_home(shared: Stand, name: str, value: bytes):
    answer = call(shared, "GET", "/idp/ext/Logout", query=encoded({}, name, value))

    assert (answer.status, answer.headers["location"]) == (302, "/")


@MANY
@given(body=st.binary(max_size=200))
@pytest.mark.parametrize("path", ["/_sim/clients", "/_sim/keys/rotate", "/_sim/tokens"])
def test_control_calls(shared: Stand, path: str, body: bytes):
    headers = [(b"content-type", b"application/json")]

    answer = call(shared, "POST", path, body=body or b"[]", headers=headers)

    assert 400 <= answer.status < 500
    assert json.loads(answer.body)["error"]


@pytest.mark.parametrize(
    "path",
    ["/aas/oauth2/ac", "/aas/oauth2/v2/ac", "/aas/oauth2/te", "/oidc/token", "/_sim/clients"],
)
def test_bodies_over_the_limit_are_refused(shared: Stand, path: str):
    answer = call(shared, "POST", path, body=b"scope=" + b"x" * 300_000)

    assert answer.status in {400, 413, 415}
