"""The gallery of spoilt tokens: what it lists, and that each entry spoils something."""

import pytest
from sim_client import Stand

from esia_sim.gallery import GALLERY


def test_the_gallery_says_of_each_token_what_an_application_must_do(stand: Stand):
    listed = stand.browser.get("/_sim/gallery").json()["gallery"]

    assert len(listed) >= 30
    assert [one["name"] for one in listed] == list(GALLERY)
    for one in listed:
        assert one["must"].startswith("Accept" if one["verdict"] == "accept" else "Refuse")
        assert one["must"].endswith(".")


@pytest.mark.parametrize("name", GALLERY)
def test_every_entry_spoils_a_sign_in_and_only_the_one_that_it_was_set_for(stand: Stand, name: str):
    body = {"when": {"endpoint": "token"}, "then": {"spoil": name}}
    assert stand.browser.post("/_sim/expectations", json=body).status_code == 201

    spoilt, good = stand.tokens(), stand.tokens()

    assert spoilt.keys() == good.keys()
    [expected] = stand.browser.get("/_sim/expectations").json()["expectations"]
    assert (expected["consumed"], expected["left"]) == (1, 0)


def test_an_unknown_name_and_an_unknown_parameter_are_refused(stand: Stand):
    unknown = stand.browser.post("/_sim/tokens", json={"person": "anna", "spoil": "everything"})
    asked = stand.browser.get("/_sim/gallery", params={"colour": "blue"})

    assert (unknown.status_code, asked.status_code) == (400, 400)
