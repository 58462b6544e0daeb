"""The keys of tokens: T3 for both algorithms, change of keys with overlap, keys as files."""

import base64
import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from sim_client import GostSigner, Stand

from esia_sim import gost_certificates, run_in_thread
from esia_sim.config import Config

TE = "/aas/oauth2/v3/te"
ANNA = "/rs/prns/1000000101"


def parts(token: str) -> tuple[dict, bytes, bytes]:
    header, _, signature = token.split(".")
    raw = [base64.urlsafe_b64decode(one + "==") for one in (header, signature)]
    return json.loads(raw[0]), token.rpartition(".")[0].encode(), raw[1]


def tokens_of(stand: Stand, signer: GostSigner, client: str) -> dict:
    code = stand.v2_code(signer, client_id=client)
    answer = stand.browser.post(TE, data=stand.v3_params(signer, code=code, client_id=client))
    assert answer.status_code == 200, answer.text
    return answer.json()


def published(stand: Stand) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(stand.browser.get("/public/esia.zip").content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_t3_gost_tokens_verify_with_the_published_certificate(stand: Stand, gost_signer):
    tokens = tokens_of(stand, gost_signer, "GOST02")
    [pem] = [text for name, text in published(stand).items() if "GOST" in name]

    der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
    key = gost_certificates.public_key_of(der)

    for kind, name in (("access", "access_token"), ("id", "id_token")):
        header, signed, signature = parts(tokens[name])
        assert header == {"ver": 1, "typ": "JWT", "sbt": kind, "alg": "GOST3410_2012_256"}
        assert len(signature) == 64
        assert key.verify(signed, signature)


def test_t3_rsa_tokens_verify_with_the_published_certificate(stand: Stand, gost_signer):
    tokens = tokens_of(stand, gost_signer, "GOST01")
    [pem] = [text for name, text in published(stand).items() if "RSA" in name]

    header, signed, signature = parts(tokens["access_token"])
    key = x509.load_pem_x509_certificate(pem).public_key()

    assert header["alg"] == "RS256"
    assert isinstance(key, rsa.RSAPublicKey)
    key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())


def test_a_gost_token_opens_what_an_rsa_one_does(stand: Stand, gost_signer):
    token = tokens_of(stand, gost_signer, "GOST02")["access_token"]

    assert stand.rest(ANNA, token).status_code == 200


@pytest.mark.parametrize("alg", ["none", "HS256", "RS256", ["RS256"], None])
def test_a_token_whose_header_says_another_algorithm_opens_nothing(stand, gost_signer, alg):
    token = tokens_of(stand, gost_signer, "GOST02")["access_token"]
    header, rest = {"ver": 1, "typ": "JWT", "sbt": "access", "alg": alg}, token.split(".", 1)[1]

    changed = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()

    assert stand.rest(ANNA, f"{changed}.{rest}").status_code == 401


def own_stand(config: Config, signer, tmp_path) -> Stand:
    return Stand(replace(config, data_dir=tmp_path), signer)


def test_old_tokens_live_through_the_overlap_and_no_longer(config, signer, tmp_path):
    stand = own_stand(config, signer, tmp_path)
    old = stand.tokens()["access_token"]

    rotated = stand.browser.post("/_sim/keys/rotate", json={"overlap": 60})
    new = stand.tokens()["access_token"]

    assert rotated.status_code == 201
    assert [stand.rest(ANNA, token).status_code for token in (old, new)] == [200, 200]
    stand.clock.advance(timedelta(seconds=61))
    assert [stand.rest(ANNA, token).status_code for token in (old, new)] == [401, 200]


def test_files_and_archive_follow_a_change_of_keys(config, signer, tmp_path):
    stand = own_stand(config, signer, tmp_path)
    before = (tmp_path / "token.crt").read_bytes()

    stand.browser.post("/_sim/keys/rotate")

    now = (tmp_path / "token.crt").read_bytes()
    assert now != before
    assert (tmp_path / "token.old.crt").read_bytes() == before
    assert {before, now} <= set(published(stand).values())
    assert {"token.gost.crt", "token.gost.key"} <= {file.name for file in tmp_path.iterdir()}


@pytest.mark.parametrize("overlap", [-1, "1", 10**9, 1.5, True])
def test_an_overlap_that_is_none_is_refused(stand: Stand, overlap):
    answer = stand.browser.post("/_sim/keys/rotate", json={"overlap": overlap})

    assert answer.status_code == 400
    assert "overlap" in answer.json()["error"]


@pytest.mark.parametrize("grant", ["authorization_code", "refresh_token"])
def test_c2_c5_of_many_exchanges_at_once_exactly_one_succeeds(stand: Stand, config, grant):
    with run_in_thread(replace(config, public_url=None)) as running:
        cookie = running.sign_in("anna")
        cookies = {"Cookie": f"{cookie['name']}={cookie['value']}"}
        url = f"{running.url}/aas/oauth2/ac"
        asked = httpx.get(url, params=stand.params(), headers=cookies)
        code = asked.headers["Location"].split("code=")[1].split("&")[0]
        data = stand.token_params(code=code)
        if grant == "refresh_token":
            first = httpx.post(f"{running.url}/aas/oauth2/te", data=data).json()
            data = stand.token_params(grant_type=grant, refresh_token=first["refresh_token"])

        with ThreadPoolExecutor(8) as pool:
            posts = [
                pool.submit(httpx.post, f"{running.url}/aas/oauth2/te", data=data)
                for _ in range(16)
            ]
        answers = [post.result() for post in posts]

    assert sorted(answer.status_code for answer in answers) == [200, *[400] * 15]
    refused = [answer.json() for answer in answers if answer.status_code == 400]
    assert {one["error_description"][:11] for one in refused} == {"ESIA-007011"}
