"""A whole round of signing in, the same client for everybody: it asks discovery where to go."""

import json
import re
from collections.abc import Callable
from html import unescape
from http import HTTPStatus
from urllib.parse import parse_qs, urlencode, urlsplit

from bench.browser import FORM, Browser
from bench.connection import Connection
from bench.peers.servers import BACK, CLIENT

LOGIN = {"sub": "anna", "login": "anna", "password": "Pomor-2026"}
_ASKED = {
    "client_id": CLIENT["client_id"], "redirect_uri": BACK, "response_type": "code",
    "scope": "openid profile", "state": "s", "nonce": "n",
}  # fmt: skip
_FIELD = re.compile(r'<input\b[^>]*\bname="([^"]+)"(?:[^>]*\bvalue="([^"]*)")?')
_ACTION = re.compile(r'<form\b[^>]*\baction="([^"]*)"')
Step = Callable[[Browser, str, str], tuple[str, str]]


class Caller:
    """One client with a browser; `step` is what the person does on a page."""

    def __init__(self, port: int, step: Step, cookies: dict[str, str]) -> None:
        self.connection = Connection(port)
        self.browser = Browser(port)
        self._step, self._cookies = step, cookies
        about = self._json("GET", "/.well-known/openid-configuration", {})
        self._authorize, self._token, self._userinfo = (
            urlsplit(str(about[f"{name}_endpoint"])).path
            for name in ("authorization", "token", "userinfo")
        )

    def round(self) -> None:
        """Authorize, sign in, exchange the code, read the person."""
        self.browser.cookies = dict(self._cookies)
        to, page = self.browser.get(f"{self._authorize}?{urlencode(_ASKED)}")
        while not to.startswith(BACK):
            to, page = self._step(self.browser, to, page)
        code = parse_qs(urlsplit(to).query)["code"][0]
        body = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, **CLIENT}
        tokens = self._json("POST", self._token, FORM, urlencode(body))
        assert tokens["id_token"]  # noqa: S101  a bench of nothing is none
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert self._json("GET", self._userinfo, bearer)["sub"]  # noqa: S101  the same

    def _json(
        self, method: str, path: str, headers: dict[str, str], body: str = ""
    ) -> dict[str, object]:
        status, _, answer = self.connection.call(method, path, headers, body)
        assert status == HTTPStatus.OK, answer  # noqa: S101  a bench of nothing is none
        return json.loads(answer)


def fill_in(browser: Browser, at: str, page: str, **typed: str) -> tuple[str, str]:
    """Send the first form of a page, with what it holds and what a person would type."""
    form = page.partition("</form>")[0]
    fields = {name: unescape(value) for name, value in _FIELD.findall(form)}
    known = {name: value for name, value in LOGIN.items() if name in fields}
    action = _ACTION.search(form)
    return browser.post(unescape(action[1]) if action else at, **{**fields, **known, **typed})
