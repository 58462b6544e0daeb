"""A connection that costs little: the bench measures the server, not its own client."""

import socket
from collections.abc import Mapping


class Connection:
    """One kept-alive HTTP connection; a request leaves in one piece."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._answers = self._socket.makefile("rb")

    def call(
        self, method: str, path: str, headers: Mapping[str, str], body: str = ""
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask and wait; returns status, headers by their names in small letters, and body."""
        asked = {"Host": "localhost", "Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in asked.items())
        self._socket.sendall(f"{method} {path} HTTP/1.1\r\n{lines}\r\n{body}".encode())
        status = int(self._answers.readline().split()[1])
        answered: dict[str, str] = {}
        while (line := self._answers.readline()) != b"\r\n":
            name, _, value = line.decode().partition(":")
            answered[name.lower()] = value.strip()
        return status, answered, self._answers.read(int(answered.get("content-length", "0")))
