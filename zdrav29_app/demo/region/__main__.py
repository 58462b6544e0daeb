"""`make region`: fill an empty database with a whole region, for tests of load."""

import argparse
import sys
import time

from zdrav29_app import clock
from zdrav29_app.db.engine import engine, migrate, transaction
from zdrav29_app.demo.region.fill import NotEmpty, digests, fill
from zdrav29_app.demo.region.size import REGION
from zdrav29_app.values import local


def main() -> None:
    """Migrate, fill, say what is there."""
    parser = argparse.ArgumentParser(prog="make region", description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="0.01: a hundredth of everything")
    parser.add_argument("--digest", action="store_true", help="a SHA-256 over the rows of a table")
    wanted = parser.parse_args()
    migrate()
    begin = time.monotonic()
    try:
        with transaction() as session:
            fill(session, REGION.scaled(wanted.scale), local(clock.now()).date())
    except NotEmpty:
        sys.exit("The database holds people or clinics already: a region wants an empty one.")
    print(f"The region is there after {time.monotonic() - begin:.0f} s.")
    if wanted.digest:
        with engine().connect() as connection:
            for name, held in digests(connection).items():
                print(f"{name:<18}{held.rows:>10}  {held.sha256}")


if __name__ == "__main__":
    main()
