"""`python -m zdrav29_app.files rotate | new-key`: the master keys of documents.

To replace a key: put a new one in front of `ZDRAV29_FILES_KEY`, restart, `rotate`, then take the
old one away.
"""

import argparse

from zdrav29_app.db.engine import transaction
from zdrav29_app.gateways import file_keys, files
from zdrav29_app.services import arrivals


def main() -> None:
    """Wrap every data key under the first master key, or print a fresh master key."""
    parser = argparse.ArgumentParser(prog="zdrav29_app.files", description=__doc__)
    parser.add_argument("act", choices=["rotate", "new-key"])
    if parser.parse_args().act == "new-key":
        print(file_keys.new_key())  # noqa: T201  what was asked for
        return
    with transaction() as session:
        number = arrivals.rewrap_keys(session, files.rewrapped)
    print(f"{number} data keys are under the first master key.")  # noqa: T201  the same


if __name__ == "__main__":
    main()
