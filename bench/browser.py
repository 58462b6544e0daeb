"""A browser of a bench: a connection with cookies that fills forms in and follows redirects."""

import re
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from bench.connection import Connection

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Browser:
    """What a person opens pages of one server with."""

    def __init__(self, port: int) -> None:
        self._connection = Connection(port)
        self._port = port
        self.cookies: dict[str, str] = {}

    def get(self, address: str) -> tuple[str, str]:
        """Open a page, following redirects within the server; returns as `_go` does."""
        return self._go("GET", address, "")

    def post(self, address: str, **fields: str) -> tuple[str, str]:
        """Send a form; returns as `_go` does."""
        return self._go("POST", address, urlencode(fields))

    def _go(self, method: str, address: str, body: str) -> tuple[str, str]:
        """Return where it ended, an address of somebody else or a path, and the page there."""
        while self._is_here(address):
            path = self._path(address)
            status, headers, page = self._connection.call(method, path, self._headers(body), body)
            self._keep(headers.get("set-cookie", ""))
            assert status < HTTPStatus.BAD_REQUEST, page  # noqa: S101  a bench of nothing is none
            if "location" not in headers:
                return path, page.decode()
            method, address, body = "GET", headers["location"], ""
        return address, ""

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _is_here(self, address: str) -> bool:
        return address.startswith("/") or urlsplit(address).port == self._port

    @staticmethod
    def _path(address: str) -> str:
        parts = urlsplit(address)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _headers(self, body: str) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return (FORM if body else {}) | ({"Cookie": cookie} if cookie else {})

    def _keep(self, lines: str) -> None:
        for line in filter(None, lines.split("\n")):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value


def token_in(page: str) -> str:
    """Return the hidden token of the form in a page."""
    found = re.search(r'name="token" value="([^"]+)"', page)
    return found[1] if found else ""
