"""Every name of Reflex that is not public, in one place; read for the version below.

A test fails when the installed version is another one: read this file against it, then move on.
"""

import logging
import os
import re
import sys
from pathlib import Path
from typing import Any

import reflex as rx
from reflex.event import Event
from reflex.state import BaseState
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event.context import EventContext

READ_FOR = "0.10.1"

BUILT = Path(".web/build/client")
"""Where the built front end lies, relative to the project."""

# granian then serves the built front end beside the socket and compiles nothing at start
PREBUILT = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "true",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
}

_BAKED_IN = re.compile(r"`(ws|http)://localhost:8000(/[^`]*)`")
# what React Router shows when nothing else can: two pages with a title, a message and a stack, and
# the document around them; {title} and {text} are ours
_LAST_RESORT = {
    r"(\w+)\.createElement\(`h2`,null,`Unexpected Application Error!`\),"
    r"\1\.createElement\(`h3`,.*?,\w+\),\w+\?\1\.createElement\(`pre`,.*?,\w+\):null": (
        r"\1.createElement(`h1`,null,`{title}`),\1.createElement(`p`,null,`{text}`)"
    ),
    r"(\w+)\.createElement\(`h1`,\{[^)]*?\}\},`Application Error`\),"
    r"\1\.createElement\(`pre`,.*?,\w+\.stack\)": (
        r"\1.createElement(`h1`,null,`{title}`),\1.createElement(`p`,null,`{text}`)"
    ),
    r"\w+\.status,` `,\w+\.statusText": "`{title}`",
    r"`Application Error!`|`Unhandled Thrown Response!`|`Loading\.\.\.`": "`{title}`",
    r"lang:`en`": "lang:`ru`",
}
# what a tab shows when it is of another release than the server and was reloaded a moment ago
_NEW_VERSION = {
    r"`A new version of this app is available\.`": "`{news}`",
    r"textContent=`Reload`": "textContent=`{button}`",
}
_LOGGERS = ("reflex", "reflex_base", "socketio", "engineio")


def _same_speed(*_: object) -> int:
    return 1


class AnyAddress(rx.plugins.Plugin):
    """Makes one build serve any host and port: addresses are taken from the page's own."""

    def post_build(self, **context: Any) -> None:
        """Replace the baked-in addresses of the backend before the files are compressed.

        Raises:
            RuntimeError: there was nothing to replace, so this version builds otherwise.
        """
        changed = 0
        for script in Path(context["static_dir"]).rglob("reflex-env-*.js"):
            text, count = _BAKED_IN.subn(_own_address, script.read_text(encoding="utf-8"))
            script.write_text(text, encoding="utf-8")
            changed += count
        if not changed:
            raise RuntimeError("the build holds no backend address to replace")


class OwnWords(rx.plugins.Plugin):
    """Says in the house's own words what the libraries below would say in English."""

    def __init__(self, *, title: str, text: str, new_version: str, reload: str) -> None:
        """Take what stands where nothing else can, and where a tab is of an older release."""
        self._words = {"title": title, "text": text, "news": new_version, "button": reload}

    def post_build(self, **context: Any) -> None:
        """Replace their words before the files are compressed.

        Raises:
            RuntimeError: there was nothing to replace, so this version builds otherwise.
        """
        for name, patterns in (("errorBoundaries-*", _LAST_RESORT), ("context-*", _NEW_VERSION)):
            [script] = Path(context["static_dir"]).rglob(f"{name}.js")
            _reword(script, patterns, self._words)


def _reword(script: Path, patterns: dict[str, str], ours: dict[str, str]) -> None:
    code = script.read_text(encoding="utf-8")
    for pattern, words in patterns.items():
        code, count = re.subn(pattern, words.format(**ours), code)
        if not count:
            raise RuntimeError(f"the build holds no {pattern} to replace")
    script.write_text(code, encoding="utf-8")


def _own_address(found: re.Match[str]) -> str:
    scheme, path = found.groups()
    origin = "location.origin" if scheme == "http" else "location.origin.replace(`http`,`ws`)"
    return f"(typeof location===`undefined`?``:{origin})+`{path}`"


def build() -> None:
    """Build the front end of the project in the current folder into `BUILT`."""
    from reflex.utils import registry  # noqa: PLC0415  needed for a build only

    if "NPM_CONFIG_REGISTRY" not in os.environ:
        # without this, Reflex measures two registries on every fresh machine
        registry.average_latency = _same_speed  # pyright: ignore[reportAttributeAccessIssue]
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    from reflex.reflex import cli  # noqa: PLC0415

    cli(["export", "--no-zip", "--frontend-only"], standalone_mode=False)


def empty(state: BaseState) -> None:
    """Reset the whole tree of states that `state` belongs to; the tab stays hydrated."""
    root: Any = state._get_root_state()  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    was_hydrated = root.is_hydrated
    root.reset()
    root.is_hydrated = was_hydrated


def is_document_load(event: Event) -> bool:
    """Whether a browser has just loaded the document, as opposed to moving inside it."""
    return event.name.rpartition(".")[2] in {"hydrate", "hydrate_and_load"}


def is_arrival(event: Event) -> bool:
    """Whether a page begins to be filled: a document was loaded, or one moved inside it."""
    return is_document_load(event) or event.name.rpartition(".")[2] == "on_load_internal"


def connected_tabs(app: rx.App) -> dict[str, str]:
    """The tabs connected to this process: client token → `Cookie` of its socket's handshake."""
    sockets: Any = app.event_namespace
    if sockets is None:
        return {}
    connections: dict[str, Any] = sockets._static_router_data  # noqa: SLF001
    return {
        token: connections[sid]["headers"].get("cookie", "")
        for sid, token in sockets.sid_to_token.items()
        if sid in connections
    }


def count_tabs(app: rx.App) -> int:
    """How many tabs are connected to this process."""
    sockets: Any = app.event_namespace
    return len(sockets.sid_to_token) if sockets else 0


async def show_unkept(state: type[BaseState], shown: dict[str, Any]) -> None:
    """Change what the tab of this event shows while its state can be neither read nor kept."""
    values = {f"{name}{FIELD_MARKER}": value for name, value in shown.items()}
    await EventContext.get().emit_delta({state.get_full_name(): values})


def act_of(event: Event) -> str:
    """The short name of an event's handler, such as «booking_state.confirm»."""
    return event.name.rpartition("____")[2]


class _NoPayload(logging.Filter):
    """Replaces what Reflex writes about an event: its arguments, and headers with the cookie."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep level and place of a framework's record, and the class of its exception."""
        if record.name.startswith(_LOGGERS) and record.levelno >= logging.WARNING:
            kind = record.exc_info[0] if record.exc_info else None
            error = kind.__name__ if kind else "none"
            record.msg = f"framework at={record.module}:{record.lineno} error={error}"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True


def log_filters() -> list[logging.Filter]:
    """What every handler of the log must have."""
    return [_NoPayload()]
