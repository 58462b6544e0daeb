"""The registry of client systems, and what a changed assumption changes."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from sim_client import GostSigner, Signer, Stand, query

from esia_sim.assumed import Assumed
from esia_sim.client_keys import hash_of
from esia_sim.clients import Kind, TokenAlg, load_clients
from esia_sim.config import Config
from esia_sim.fields import FieldError

ENTRY = {"client_id": "MINE", "certificate": "mine.crt", "redirect_domains": ["Cabinet.Example"]}

WEB = {"client_id": "WEB", "kind": "oidc", "secret": "s3cret"}


def load(folder: Path, *entries: object):
    file = folder / "clients.yaml"
    file.write_text(yaml.safe_dump(list(entries)), encoding="utf-8")
    return load_clients(file)


def test_one_file_may_hold_certificates_of_both_kinds(tmp_path, signer: Signer, gost_signer):
    (tmp_path / "mine.crt").write_text(signer.pem + gost_signer.pem)

    [client] = load(tmp_path, ENTRY | {"token_alg": "GOST3410_2012_256", "strict": False})

    assert [hash_of(one) for one in client.certificates][1] == gost_signer.hash
    assert (client.token_alg, client.strict, client.kind) == (TokenAlg.GOST, False, Kind.ESIA)
    assert client.redirect_domains == ("cabinet.example",)


def test_a_client_of_the_extension_needs_no_certificate(tmp_path: Path):
    [client] = load(tmp_path, WEB)

    assert client.certificates == ()
    assert "s3cret" not in repr(client)
    assert "s3cret" not in str(client.as_json())


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        (ENTRY, "certificate"),
        ({"client_id": "MINE"}, "certificate"),
        ({"client_id": "WEB", "kind": "oidc"}, "secret"),
        ({"client_id": "MINE", "secret": "x"}, "secret"),
        ({"client_id": "MINE", "redirect_uris": ["https://x.example/"]}, "redirect_uris"),
        (WEB | {"redirect_uris": ["x.example"]}, "redirect_uris"),
        (WEB | {"redirect_uris": ["https://x.example/#part"]}, "redirect_uris"),
        (WEB | {"post_logout_redirect_uris": ["javascript:x"]}, "post_logout_redirect_uris"),
        (ENTRY | {"colour": "red"}, "colour"),
        ("MINE", "fields"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(tmp_path: Path, entry: object, named: str):
    with pytest.raises(FieldError, match=named):
        load(tmp_path, entry)


def test_a_client_without_a_certificate_is_told_so(config: Config, signer: Signer):
    bare = replace(config.clients[0], certificates=())
    stand = Stand(replace(config, clients=(bare,)), signer)

    answer = stand.browser.get("/aas/oauth2/ac", params=stand.params())

    assert query(answer)["error_description"].startswith("ESIA-007002")


def test_a1_the_signature_of_v1_may_be_by_the_gost_certificate(
    stand: Stand, gost_signer: GostSigner
):
    params = stand.params(client_id="GOST01")
    message = "".join(params[name] for name in ("scope", "timestamp", "client_id", "state"))

    params["client_secret"] = base64.urlsafe_b64encode(gost_signer.der(message)).decode()
    answer = stand.browser.get("/aas/oauth2/ac", params=params)

    assert answer.headers["Location"] == "/login"


def assuming(config: Config, signer: Signer, **changes: object) -> Stand:
    return Stand(replace(config, assumed=replace(Assumed(), **changes)), signer)


def test_absent_access_type_may_be_taken_for_offline(config: Config, signer: Signer):
    stand = assuming(config, signer, default_access_type="offline")
    stand.browser.sign_in_as("anna")
    asked = stand.browser.get("/aas/oauth2/ac", params=stand.params(access_type=None))

    data = stand.token_params(code=query(asked)["code"])

    assert "refresh_token" in stand.browser.post("/aas/oauth2/te", data=data).json()


def test_refresh_tokens_may_work_again_and_again(config: Config, signer: Signer):
    stand = assuming(config, signer, refresh_rotates=False)
    token = stand.tokens()["refresh_token"]
    data = stand.token_params(grant_type="refresh_token", refresh_token=token)

    answers = [stand.browser.post("/aas/oauth2/te", data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]


def test_r3_the_code_for_another_person_is_a_setting(config: Config, signer: Signer):
    stand = assuming(config, signer, other_person_code="ESIA-005048")
    token = stand.tokens()["access_token"]

    assert stand.rest("/rs/prns/1000000103", token).json()["code"] == "ESIA-005048"


def test_whole_addresses_of_the_extension_count_before_its_domains(tmp_path: Path):
    domains, exact = {"redirect_domains": ["x.example"]}, {"redirect_uris": ["https://x.example/"]}

    [by_host] = load(tmp_path, WEB | domains)
    [by_letter] = load(tmp_path, WEB | domains | exact)

    deeper = "https://x.example/deeper"
    assert (by_host.may_return_to(deeper), by_host.may_sign_out_to(deeper)) == (True, True)
    assert (by_letter.may_return_to(deeper), by_letter.may_sign_out_to(deeper)) == (False, True)
