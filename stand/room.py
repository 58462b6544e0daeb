"""`make room N=12`: stands side by side for a class, and one page that says where they are."""

import os
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

import uvicorn

from stand import room_page
from stand.build import build_if_stale
from stand.demo import interrupt_on
from stand.place import MOST, Place
from stand.stand import Stand, StandError

if TYPE_CHECKING:
    from collections.abc import Iterator

DEFAULT_NUMBER, DEFAULT_PORT = "6", "2950"
MEND_SECONDS = 1
# what would make one stand of many
OF_ONE_STAND = (
    *("ZDRAV29_PUBLIC_URL", "ZDRAV29_STAND", "ZDRAV29_DATABASE_URL", "ZDRAV29_REDIS_URL"),
    *("ZDRAV29_FILES_URL", "ZDRAV29_ESIA_URL", "ZDRAV29_SMS_URL", "ZDRAV29_SMTP_URL"),
    *("ESIA_SIM_PUBLIC_URL", "ESIA_SIM_STAND", "ESIA_SIM_CLIENTS"),
)


class RoomError(Exception):
    """The room cannot be opened as it was asked for; the message is for whoever asked."""


def main() -> int:
    """Serve until told to stop; returns the exit code."""
    interrupt_on(signal.SIGTERM, signal.SIGINT)
    try:
        places = places_of(sys.argv[1:])
        build_if_stale()
        with _page(places) as url:
            print(f"\n  The room  {url}\n", flush=True)
            _serve(places)
    except (RoomError, StandError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


def places_of(arguments: list[str]) -> list[Place]:
    """The stands that are asked for, by the settings; none of them runs yet.

    Raises:
        RoomError: a setting is wrong, or belongs to one stand alone.
        StandError: a port is taken.
    """
    if foreign := [name for name in OF_ONE_STAND if os.environ.get(name)]:
        raise RoomError(f"{', '.join(foreign)}: for one stand, not for a room. Unset it.")
    number = _whole("N", arguments[0] if arguments else os.environ.get("N", DEFAULT_NUMBER))
    if not 1 <= number <= MOST:
        raise RoomError(f"N: from 1 to {MOST} stands, not {number}.")
    folder = Path(os.environ.get("ZDRAV29_DATA_DIR", "var")) / "room"
    host, port = os.environ.get("ROOM_HOST") or "localhost", _room_port()
    if host != "localhost":
        _open_to_neighbours()
    return [
        Place(
            each,
            Stand(
                folder / f"{each:02}",
                host=host,
                cabinet_port=port and port + 2 * each - 1,
                simulator_port=port and port + 2 * each,
                port_settings=("ROOM_PORT", "ROOM_PORT"),
            ),
        )
        for each in range(1, number + 1)
    ]


def _open_to_neighbours() -> None:
    """Let phones of the same network in; the control calls then ask for a key."""
    os.environ["ZDRAV29_HOST"] = os.environ["ESIA_SIM_HOST"] = "0.0.0.0"  # noqa: S104 - asked for
    os.environ.setdefault("ESIA_SIM_KEY", token_urlsafe())


def _room_port() -> int:
    port = _whole("ROOM_PORT", os.environ.get("ROOM_PORT") or DEFAULT_PORT)
    if port > 2**16 - 1 - 2 * MOST:
        raise RoomError(f"ROOM_PORT: not a port with {2 * MOST} free ones above it: {port}.")
    return port


def _whole(name: str, text: str) -> int:
    if not text.isdecimal() or len(text) > len("65535"):
        raise RoomError(f"{name}: a whole number is needed, not {text!r}.")
    return int(text)


def _serve(places: list[Place]) -> None:
    """Start all, as many at a time as there are processors; mend them until they are stopped."""
    starters, ending = ThreadPoolExecutor(os.cpu_count()), threading.Event()
    try:
        for start in [starters.submit(place.start) for place in places]:
            start.result()
        for place in places:
            print(f"  {place.name:<10}{place.stand.cabinet_url}  {place.state}")
        starters.submit(_mend, places, ending)
        print("\n  Ctrl-C stops all.", flush=True)
        threading.Event().wait()
    finally:
        ending.set()
        # who is starting is waited for: half a stand cannot be stopped
        starters.shutdown(cancel_futures=True)
        with ThreadPoolExecutor(len(places)) as stoppers:
            list(stoppers.map(Place.stop, places))


def _mend(places: list[Place], ending: threading.Event) -> None:
    while not ending.wait(MEND_SECONDS):
        for place in places:
            place.mend()


@contextmanager
def _page(places: list[Place]) -> "Iterator[str]":
    """Serve the page to this machine only: it holds the buttons of whoever leads the room."""
    listener = room_page.listen(_room_port())
    url = f"http://localhost:{listener.getsockname()[1]}"
    app = room_page.create_app(places)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        yield url
    finally:
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    sys.exit(main())
