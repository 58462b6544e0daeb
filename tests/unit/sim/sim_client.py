"""A client system and a browser, to speak to the simulator as they would."""

import asyncio
import base64
import re
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import httpx
from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from esia_sim import Config, client_keys, create_app, gost, gost_certificates
from esia_sim.clock import Clock
from esia_sim.store import World

V2_ORDER = ("client_id", "scope", "scope_org", "timestamp", "state", "redirect_uri")
V3_ORDER = (*V2_ORDER, "code")
Result = TypeVar("Result")
PASSWORD = "Pomor-2026"
RETURN_TO = "https://cabinet.example/back?a=1"
STATE = "6f2b7a0e-8c1d-4b56-9a3e-2f1d0c9b8a77"


class Signer:
    """The key of a client system."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "client")])
        start = datetime.now(UTC) - timedelta(days=1)
        self.certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(7)
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=30))
            .sign(self.key, hashes.SHA256())
        )

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()

    def der(self, message: str, *options: pkcs7.PKCS7Options) -> bytes:
        builder = pkcs7.PKCS7SignatureBuilder().set_data(message.encode())
        builder = builder.add_signer(self.certificate, self.key, hashes.SHA256())
        return builder.sign(serialization.Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])

    def secret(self, params: dict[str, str]) -> str:
        message = "".join(
            params.get(name, "") for name in ("scope", "timestamp", "client_id", "state")
        )
        signed = self.der(message, pkcs7.PKCS7Options.DetachedSignature)
        return base64.urlsafe_b64encode(signed).decode()


class GostSigner:
    """The GOST key of a client system."""

    def __init__(self, curve: str = gost.TC26_A) -> None:
        self.key = gost.PrivateKey.generate(curve)
        now = datetime.now(UTC)
        begins, ends = now - timedelta(days=1), now + timedelta(days=30)
        pem = gost_certificates.make_certificate(self.key, "client", begins=begins, ends=ends)
        self.pem = pem.decode()
        self.certificate = x509.load_pem_x509_certificate(pem)
        self.hash = client_keys.hash_of(self.certificate)

    def secret(self, message: str) -> str:
        raw = self.key.sign(message.encode())
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    def der(self, message: str, *, attached: bool = False, attributes: bool = True) -> bytes:
        """PKCS#7 over a message, as OpenSSL's GOST engine writes it for v1."""
        content, kind = message.encode(), "data"
        certificate = cms.Certificate.load(self.certificate.public_bytes(Encoding.DER))
        signer: dict[str, Any] = {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                {"issuer": certificate.issuer, "serial_number": certificate.serial_number},
            ),
            "digest_algorithm": {"algorithm": gost_certificates.DIGEST_OID},
            "signature_algorithm": {"algorithm": gost_certificates.KEY_OID},
        }
        signed = content
        if attributes:
            said = {"content_type": kind, "message_digest": gost.streebog256(content)}
            signer["signed_attrs"] = cms.CMSAttributes(
                [{"type": name, "values": [value]} for name, value in said.items()]
            )
            signed = signer["signed_attrs"].dump()
        signer["signature"] = self.key.sign(signed)
        data = {
            "version": "v1",
            "digest_algorithms": [{"algorithm": gost_certificates.DIGEST_OID}],
            "encap_content_info": {
                "content_type": kind,
                **({"content": content} if attached else {}),
            },
            "signer_infos": [signer],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


class Stand:
    """One simulator, one client system, one browser."""

    def __init__(self, config: Config, signer: Signer) -> None:
        self.clock = Clock()
        self.signer = signer
        self.app = create_app(config, self.clock)
        self.world: World = self.app.state.world
        self.browser = self.new_browser()

    def new_browser(self) -> "Browser":
        return Browser(self)

    def params(self, **changes: str | None) -> dict[str, str]:
        """Parameters of a right request to /ac, changed and then signed."""
        params: dict[str, str | None] = {
            "client_id": "TEST01",
            "scope": "openid fullname mobile",
            "response_type": "code",
            "state": STATE,
            "timestamp": timestamp(self.clock),
            "redirect_uri": RETURN_TO,
            "access_type": "offline",
        }
        return self._signed(params | changes)

    def token_params(self, **changes: str | None) -> dict[str, str]:
        """Parameters of a right request to /te, changed and then signed."""
        params: dict[str, str | None] = {
            "client_id": "TEST01",
            "scope": "openid fullname mobile",
            "state": "token-state",
            "timestamp": timestamp(self.clock),
            "redirect_uri": RETURN_TO,
            "grant_type": "authorization_code",
            "token_type": "Bearer",
        }
        return self._signed(params | changes)

    def code(self, person: str = "anna", **changes: str) -> str:
        """Return a code as the client system gets it for a person."""
        self.browser.sign_in_as(person)
        answer = self.browser.get("/aas/oauth2/ac", params=self.params(**changes))
        return query(answer)["code"]

    def tokens(self, person: str = "anna", scope: str = "openid fullname mobile") -> dict[str, Any]:
        """Return the answer of the token endpoint for a person."""
        params = self.token_params(code=self.code(person, scope=scope), scope=scope)
        answer = self.browser.post("/aas/oauth2/te", data=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def rest(self, path: str, token: str) -> httpx.Response:
        return self.browser.get(path, headers={"Authorization": f"Bearer {token}"})

    def last_code(self, person: str = "anna") -> str:
        """Return the code in the newest message to a person."""
        answer = self.browser.get("/_sim/messages", params={"to": person})
        return answer.json()["messages"][-1]["code"]

    def v2_params(self, signer: GostSigner, **changes: str | None) -> dict[str, str]:
        """Parameters of a right request to /v2/ac, changed and then signed."""
        params: dict[str, str | None] = {
            "client_id": "GOST01",
            "scope": "openid fullname mobile",
            "response_type": "code",
            "state": STATE,
            "timestamp": timestamp(self.clock),
            "redirect_uri": RETURN_TO,
            "access_type": "offline",
            "client_certificate_hash": signer.hash,
        }
        return _signed_v2(signer, params | changes, V2_ORDER)

    def v3_params(
        self,
        signer: GostSigner,
        order: tuple[str, ...] = (*V2_ORDER, "code"),
        **changes: str | None,
    ) -> dict[str, str]:
        """Parameters of a right request to /v3/te, changed and then signed."""
        params: dict[str, str | None] = {
            "client_id": "GOST01",
            "scope": "openid fullname mobile",
            "state": "token-state",
            "timestamp": timestamp(self.clock),
            "redirect_uri": RETURN_TO,
            "grant_type": "authorization_code",
            "token_type": "Bearer",
            "client_certificate_hash": signer.hash,
        }
        return _signed_v2(signer, params | changes, order)

    def v2_code(self, signer: GostSigner, person: str = "anna", **changes: str | None) -> str:
        """Return a code as a client of v2 gets it for a person."""
        self.browser.sign_in_as(person)
        answer = self.browser.get("/aas/oauth2/v2/ac", params=self.v2_params(signer, **changes))
        return query(answer)["code"]

    def _signed(self, params: dict[str, str | None]) -> dict[str, str]:
        given = {name: value for name, value in params.items() if value is not None}
        return {"client_secret": self.signer.secret(given)} | given


class Browser:
    """A browser with its own cookies; each call runs to its end."""

    def __init__(self, stand: Stand) -> None:
        self._stand = stand
        self.cookies = httpx.Cookies()

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.call("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.call("POST", path, **options)

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        return run(self._call(method, path, **options))

    def sign_in_as(self, person: str, *, consent: bool = True) -> None:
        body = {"person": person, "consent": consent}
        cookie = self.post("/_sim/sessions", json=body).json()
        self.cookies.set(cookie["name"], cookie["value"], domain="stand.example", path="/")

    def fill(self, path: str, **fields: str) -> httpx.Response:
        """Open a page, fill its form in and send it."""
        token = re.search(r'name="token" value="([^"]+)"', self.get(path).text)
        assert token, f"no form at {path}"
        return self.post(path, data={"token": token[1], **fields})

    async def _call(self, method: str, path: str, **options: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self._stand.app)
        base = "https://stand.example"
        async with httpx.AsyncClient(
            transport=transport, base_url=base, cookies=self.cookies
        ) as client:
            answer = await client.request(method, path, **options)
            self.cookies = client.cookies
        return answer


def _signed_v2(
    signer: GostSigner, params: dict[str, str | None], order: tuple[str, ...]
) -> dict[str, str]:
    given = {name: value for name, value in params.items() if value is not None}
    message = "".join(given.get(name, "") for name in order)
    return {"client_secret": signer.secret(message)} | given


def run(work: Coroutine[Any, Any, Result]) -> Result:
    # a thread of its own: Playwright keeps a loop running in the thread of the tests
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def timestamp(clock: Clock) -> str:
    return clock.now().strftime("%Y.%m.%d %H:%M:%S +0000")


def query(answer: httpx.Response) -> dict[str, str]:
    """Return the query of the address that the answer redirects to."""
    assert answer.status_code == 302, answer.text
    found = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in found.items()}
