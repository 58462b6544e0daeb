"""Addresses before they reach the files: which exist, and in which mode; what every answer says."""

from types import SimpleNamespace

import pytest
from starlette.datastructures import MutableHeaders

from zdrav29_app.endpoints import pages


@pytest.mark.parametrize(("is_https", "sent"), [(True, "max-age=31536000"), (False, None)])
def test_under_https_the_browser_is_told_to_stay_there(
    monkeypatch: pytest.MonkeyPatch, is_https: bool, sent: str | None
):
    monkeypatch.setattr(pages, "settings", SimpleNamespace(is_https=is_https))
    headers = MutableHeaders()

    pages._complete(headers, "/healthz")

    assert headers.get("Strict-Transport-Security") == sent


@pytest.mark.parametrize(
    ("address", "is_demo", "served"),
    [
        ("/gallery", True, "/gallery/"),
        ("/gallery", False, "/not-found"),
        ("/gallery/", False, "/not-found"),
        ("/booking", False, "/booking/"),
    ],
)
def test_the_gallery_exists_in_a_demo_only(
    monkeypatch: pytest.MonkeyPatch, address: str, is_demo: bool, served: str
):
    monkeypatch.setattr(pages, "settings", SimpleNamespace(is_demo=is_demo))
    monkeypatch.setattr(pages, "_pages", lambda: {"/gallery": "", "/booking": ""})

    scope = pages._page_scope({"type": "http", "path": address})

    assert scope["path"] == served
