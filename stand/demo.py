"""`make demo`: one stand until Ctrl-C, with a table of people to sign in as."""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

import httpx

from stand.build import build_if_stale
from stand.stand import Stand, StandError

COLUMNS = ("key", "login", "password", "story")


def main() -> int:
    """Serve until told to stop; returns the exit code."""
    interrupt_on(signal.SIGTERM, signal.SIGINT)
    try:
        build_if_stale()
        with _stand() as stand:
            _say_hello(stand)
            while stand.is_running:
                time.sleep(0.5)
            print(stand.log_text())
            return 1
    except StandError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 0


def _stand() -> Stand:
    return Stand(
        Path(os.environ.get("ZDRAV29_DATA_DIR", "var")),
        cabinet_port=int(os.environ.get("ZDRAV29_PORT", "2900")),
        simulator_port=int(os.environ.get("ESIA_SIM_PORT", "2910")),
    )


def _say_hello(stand: Stand) -> None:
    people = httpx.get(f"{stand.simulator_url}/_sim/people").json()
    people = people["people"] if isinstance(people, dict) else people
    rows = [COLUMNS, *([str(person.get(name) or "—") for name in COLUMNS] for person in people)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(COLUMNS) - 1)]
    print(f"\n  Cabinet    {stand.cabinet_url}")
    print(f"  Simulator  {stand.simulator_url}  (codes come to /phone/<key>)\n")
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  " + "  ".join([*cells, row[-1]]))
    print("\n  Ctrl-C stops both.", flush=True)


def interrupt_on(*numbers: int) -> None:
    """Raise KeyboardInterrupt on these signals, once.

    A second Ctrl-C must not interrupt the stopping and leave servers behind.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in numbers:
        signal.signal(number, interrupt)


if __name__ == "__main__":
    sys.exit(main())
