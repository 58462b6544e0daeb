"""The control calls of a running stand as methods, for tests and scripts in Python."""

import ssl
from collections.abc import Mapping
from functools import cache
from types import TracebackType
from typing import Self, cast

import httpx

Json = dict[str, object]


@cache
def _trusted() -> ssl.SSLContext:
    # reading the authorities takes longer than most of what is asked here
    return httpx.create_ssl_context(trust_env=False)


class Esia:
    """A running stand, spoken to over HTTP."""

    def __init__(self, url: str, *, key: str | None = None) -> None:
        """Speak to the stand at this address; the key is needed when it is not on loopback."""
        self.url = url.rstrip("/")
        self._key = key
        headers = {"X-Sim-Key": key} if key else {}
        self._http = httpx.Client(
            base_url=self.url, headers=headers, timeout=70, trust_env=False, verify=_trusted()
        )

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connections."""
        self._http.close()

    def people(self) -> list[Json]:
        """List everybody."""
        return cast("list[Json]", self._call("GET", "/_sim/people")["people"])

    def person(self, key: str | int) -> Json:
        """Describe one person, by key or oid."""
        return self._call("GET", f"/_sim/people/{key}")

    def new_person(self, **fields: object) -> Json:
        """Make a person; what is not given is invented and unique."""
        return self._call("POST", "/_sim/people", json=fields)

    def change_person(self, key: str | int, **fields: object) -> Json:
        """Change fields of a person."""
        return self._call("PATCH", f"/_sim/people/{key}", json=fields)

    def remove_person(self, key: str | int) -> None:
        """Forget a person."""
        self._call("DELETE", f"/_sim/people/{key}")

    def messages(
        self, *, to: str | None = None, channel: str | None = None, since: int = 0, wait: float = 0
    ) -> Json:
        """List messages after a cursor: `{"messages": [...], "cursor": ...}`."""
        asked = {"to": to, "channel": channel, "since": since, "wait": wait}
        query = {name: str(value) for name, value in asked.items() if value is not None}
        return self._call("GET", "/_sim/messages", params=query)

    def cursor(self) -> int:
        """Return the cursor of now; take it before the act whose message is waited for."""
        return int(str(self.messages(since=2**53)["cursor"]))

    def wait_for_code(self, to: str, *, since: int, seconds: float = 10) -> str:
        """Return the first code that comes to somebody after a cursor.

        Raises:
            TimeoutError: none came.
        """
        while True:
            answer = self.messages(to=to, since=since, wait=seconds)
            found = cast("list[Json]", answer["messages"])
            if not found:
                msg = f"no code came to {to}"
                raise TimeoutError(msg)
            for message in found:
                if message["code"]:
                    return str(message["code"])
            since = int(str(answer["cursor"]))

    def send_message(self, **fields: object) -> Json:
        """Hand a message to the gateway; `from` is written `from_`."""
        body = {name.rstrip("_"): value for name, value in fields.items()}
        return self._call("POST", "/_sim/messages", json=body)

    def sign_in(self, person: str | int, *, consent: bool = True) -> dict[str, str]:
        """Open a session without the pages; returns `name` and `value` of the cookie."""
        body = {"person": person, "consent": consent}
        return cast("dict[str, str]", self._call("POST", "/_sim/sessions", json=body))

    def wait_for_push(self, person: str, *, since: int, seconds: float = 10) -> str:
        """Return the id of the first push that comes to somebody after a cursor.

        Raises:
            TimeoutError: none came.
        """
        answer = self.messages(to=person, channel="push", since=since, wait=seconds)
        for message in cast("list[Json]", answer["messages"]):
            return str(message["push"])
        msg = f"no push came to {person}"
        raise TimeoutError(msg)

    def answer_push(self, push: str, answer: str = "allow") -> None:
        """Answer a push: `allow` or `deny`."""
        self._call("POST", f"/_sim/push/{push}", json={"answer": answer})

    def conversations(self) -> list[Json]:
        """List what people ask support, newest first."""
        return cast("list[Json]", self._call("GET", "/_sim/conversations")["conversations"])

    def answer_conversation(self, number: str, **answer: object) -> Json:
        """Answer as a specialist: `text`, and for a recovery `decision` (believe or refuse)."""
        return self._call("POST", f"/_sim/conversations/{number}", json=answer)

    def expect(
        self, when: Mapping[str, object], then: Mapping[str, object], *, times: int = 1
    ) -> Json:
        """Let something go wrong: `{"endpoint": …}`, and an error, status, delay, drop or spoil."""
        return self._call(
            "POST", "/_sim/expectations", json={"when": when, "then": then, "times": times}
        )

    def expectations(self) -> list[Json]:
        """List what is expected, and how often each was consumed."""
        return cast("list[Json]", self._call("GET", "/_sim/expectations")["expectations"])

    def forget_expectations(self) -> None:
        """Expect nothing more."""
        self._call("DELETE", "/_sim/expectations")

    def mint_tokens(self, person: str | int, **fields: object) -> Json:
        """Write tokens without a sign-in: `scope`, `client`, `lifetime` in seconds, `spoil`."""
        return self._call("POST", "/_sim/tokens", json={"person": person, **fields})

    def gallery(self) -> list[Json]:
        """List the spoilt tokens: `name`, `group`, `verdict` and what an application `must` do."""
        return cast("list[Json]", self._call("GET", "/_sim/gallery")["gallery"])

    def fidelity(self) -> list[Json]:
        """List every behaviour: how sure it is, its source, whether this run relied on it."""
        return cast("list[Json]", self._call("GET", "/_sim/fidelity")["behaviours"])

    def assumptions(self) -> list[Json]:
        """List the assumptions that were relied on, for a teardown."""
        answer = self._http.post("/_sim/fidelity/verify")
        return cast("list[Json]", cast("Json", answer.json()).get("relied", []))

    def unmet_expectations(self) -> list[Json]:
        """List what was expected and has not happened, for a teardown."""
        answer = self._http.post("/_sim/expectations/verify")
        return cast("list[Json]", cast("Json", answer.json()).get("unmet", []))

    def gate(self, name: str, *, count: int = 1, wait: float = 0) -> Json:
        """Describe a gate, waiting until `count` requests stand there."""
        query = {"count": str(count), "wait": str(wait)}
        return self._call("GET", f"/_sim/gates/{name}", params=query)

    def release(self, name: str) -> Json:
        """Let all requests at a gate go on."""
        return self._call("POST", f"/_sim/gates/{name}/release")

    def drop(self, name: str) -> Json:
        """Close the connections of all requests at a gate."""
        return self._call("POST", f"/_sim/gates/{name}/drop")

    def tape(self, login: str | None = None) -> list[Json]:
        """List what was asked, answered and sent, for one person or for all."""
        query = {"login": login} if login else None
        return cast("list[Json]", self._call("GET", "/_sim/requests", params=query)["entries"])

    def tape_as(self, form: str, login: str | None = None) -> str:
        """Return the tape as the text of a file: `har`, or `mermaid` for a sequence diagram."""
        query = {"format": form, **({"login": login} if login else {})}
        return self._http.get("/_sim/requests", params=query).raise_for_status().text

    def totp(self, person: str | int) -> str:
        """Return what the authenticator app of a person shows; never a code that was used."""
        return str(self._call("GET", f"/_sim/people/{person}/totp")["code"])

    def new_world(self, **fields: object) -> "World":
        """Make a world of one's own: `seed`, `ttl`; it ends with its block."""
        made = self._call("POST", "/_sim/worlds", json=fields)
        return World(self, str(made["url"]), str(made["id"]))

    def remove_world(self, identifier: str) -> None:
        """End a world."""
        self._call("DELETE", f"/_sim/worlds/{identifier}")

    def clients(self) -> list[Json]:
        """List the client systems."""
        return cast("list[Json]", self._call("GET", "/_sim/clients")["clients"])

    def add_client(self, **fields: object) -> Json:
        """Register a client system; `certificate` is PEM."""
        return self._call("POST", "/_sim/clients", json=fields)

    def move_clock(self, **change: object) -> Json:
        """Move the stand's time: `advance="5m"`, `set=…`, `freeze=True` or `reset=True`."""
        return self._call("POST", "/_sim/clock", json=change)

    def reset(self) -> None:
        """Put everything back as at the start."""
        self._call("POST", "/_sim/reset")

    def _call(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        params: dict[str, str] | None = None,
    ) -> Json:
        response = self._http.request(method, path, json=json, params=params)
        if response.is_error:
            msg = f"{method} {path}: {response.status_code} {response.text[:300]}"
            raise RuntimeError(msg)
        return cast("Json", response.json()) if response.content else {}


class World(Esia):
    """A world of a running stand: all the calls, inside it. It ends with its block."""

    def __init__(self, stand: Esia, url: str, identifier: str) -> None:
        """Speak to a world of a stand."""
        super().__init__(url, key=stand._key)  # noqa: SLF001 - one of its own kind
        self.id = identifier
        self._stand = stand

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the connections and end the world."""
        super().__exit__(kind, error, traceback)
        self._stand.remove_world(self.id)
