"""A connection that costs little: the bench measures the server, not its own client."""

import socket
from collections.abc import Mapping
from typing import BinaryIO


class Connection:
    """One kept-alive HTTP connection, opened anew where the server has closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._answers = self._open()

    def call(
        self, method: str, path: str, headers: Mapping[str, str], body: str = ""
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask and wait; returns status, headers by their names in small letters, and body.

        A request leaves in one piece. Headers that come more than once stand on lines of their own.
        """
        asked = {"Host": f"localhost:{self._port}", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
        request = f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode()
        version, status, *_ = (self._ask(request) or self._ask(request)).split()
        answered: dict[str, str] = {}
        while (line := self._answers.readline()) != b"\r\n":
            name, _, value = line.decode().partition(":")
            before = answered.get(name.lower())
            answered[name.lower()] = f"{before}\n{value.strip()}" if before else value.strip()
        content = self._body(answered)
        if version == b"HTTP/1.0" or answered.get("connection") == "close":
            self.close()
            self._answers = self._open()
        return int(status), answered, content

    def _ask(self, request: bytes) -> bytes:
        """Return the first line of the answer, nothing when it had been idle too long."""
        try:
            self._socket.sendall(request)
            line = self._answers.readline()
        except ConnectionError:
            line = b""
        if not line:
            self.close()
            self._answers = self._open()
        return line

    def close(self) -> None:
        """End it."""
        self._answers.close()
        self._socket.close()

    def _open(self) -> BinaryIO:
        self._socket = socket.create_connection(("127.0.0.1", self._port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._socket.makefile("rb")

    def _body(self, answered: Mapping[str, str]) -> bytes:
        if answered.get("transfer-encoding") != "chunked":
            return self._answers.read(int(answered.get("content-length", "0")))
        body = b""
        while size := int(self._answers.readline(), 16):
            body += self._answers.read(size)
            self._answers.readline()
        self._answers.readline()
        return body
