"""Programs that others wrote for ESIA work against the simulator as they were published."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from authlib.integrations.httpx_client import AsyncOAuth2Client
from joserfc import jwt
from joserfc.jwk import KeySet

from esia_sim import Config, run_in_thread
from esia_sim.clients import load_clients
from esia_sim.remote import Esia
from stand import keys

# What the published package needs beside itself (it declares nothing): esia-protocol.md (d).
NEEDS = ("esia-connector==0.16", "PyJWT==1.7.1", "requests", "pytz", "cryptography")
OLD_ISSUER = "http://esia.gosuslugi.ru/"
BACK = "http://localhost:2900/back"
WALK = Path(__file__).with_name("esia_connector_walk.py")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clients")


@pytest.fixture(scope="module")
def stand(folder: Path) -> Iterator[Esia]:
    clients = load_clients(keys.prepare(folder))
    config = Config(clients=clients, data_dir=folder / "esia", issuer=OLD_ISSUER)
    with run_in_thread(config) as running:
        yield running


@pytest.fixture(scope="session")
def connector() -> str:
    """The Python of an environment with esia-connector in it, made once per machine."""
    home = Path("var/esia-connector").resolve()
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (home / "ready").exists():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "-q", "--clear", "--python", sys.executable, home], check=True)
        subprocess.run([*uv, "pip", "install", "-q", "--python", python, *NEEDS], check=True)
        (home / "ready").touch()
    return str(python)


def cookie_of(stand: Esia, person: str) -> str:
    cookie = stand.sign_in(person)
    return f"{cookie['name']}={cookie['value']}"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="esia-connector calls openssl")
def test_esia_connector_signs_in_and_reads_the_person(stand: Esia, folder: Path, connector: str):
    settings = {
        "esia_client_id": "ZDRAV29",
        "redirect_uri": BACK,
        "certificate_file": str(folder / "keys" / "esia_client.crt"),
        "private_key_file": str(folder / "keys" / "esia_client.key"),
        "esia_service_url": stand.url,
        "esia_scope": "openid fullname snils mobile id_doc addresses",
        "esia_token_check_key": str(public_key(folder)),
        "cookie": cookie_of(stand, "anna"),
    }

    done = subprocess.run(
        [connector, WALK, json.dumps(settings)], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    assert read["oid"] == 1000000101
    assert (read["main"]["firstName"], read["main"]["snils"]) == ("Анна", "900-000-101 85")
    assert read["contacts"]["elements"][0]["value"] == "+7(900)0000101"
    assert read["documents"]["elements"][0]["type"] == "RF_PASSPORT"
    assert read["addresses"]["size"] == 1


def public_key(folder: Path) -> Path:
    """PyJWT 1.7 wants the key out of the certificate, as its users cut it out with openssl."""
    certificate = folder / "esia" / "token.crt"
    openssl = ["openssl", "x509", "-in", str(certificate), "-pubkey", "-noout"]
    file = folder / "esia.pub"
    file.write_bytes(subprocess.run(openssl, capture_output=True, check=True).stdout)
    return file


def test_authlib_signs_in_through_discovery(stand: Esia):
    stand.add_client(client_id="WEB", kind="oidc", secret="s3cret", redirect_uris=[BACK])
    cookie = cookie_of(stand, "anna")

    with ThreadPoolExecutor(1) as pool:  # Playwright keeps a loop in the thread of the tests
        claims, known = pool.submit(asyncio.run, discovered(stand, cookie)).result()

    assert claims["sub"] == known["sub"] == "1000000101"
    assert (claims["nonce"], claims["aud"]) == ("n-0S6", "WEB")
    assert known["given_name"] == "Анна"


async def discovered(stand: Esia, cookie: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A round with Authlib's client, all addresses taken from discovery."""
    session: Any = AsyncOAuth2Client(
        "WEB", "s3cret", scope="openid profile", redirect_uri=BACK, code_challenge_method="S256"
    )
    async with session as client, httpx.AsyncClient() as browser:
        about = (await browser.get(f"{stand.url}/.well-known/openid-configuration")).json()
        url, _ = client.create_authorization_url(
            about["authorization_endpoint"], nonce="n-0S6", code_verifier="v" * 48
        )
        answer = await browser.get(url, headers={"Cookie": cookie})
        token = await client.fetch_token(
            about["token_endpoint"],
            authorization_response=answer.headers["Location"],
            code_verifier="v" * 48,
        )
        key_set = KeySet.import_key_set((await client.get(about["jwks_uri"])).json())
        known = (await client.get(about["userinfo_endpoint"])).json()
    claims = jwt.decode(token["id_token"], key_set).claims
    assert claims["iss"] == about["issuer"]
    return claims, known
