"""`python -m zdrav29_app.demo [--reset]`: migrate, then make the demo data that are missing."""

import argparse
import asyncio

from zdrav29_app import clock
from zdrav29_app.db.engine import migrate, transaction
from zdrav29_app.demo.past_services import seed_services
from zdrav29_app.demo.people import seed_cast
from zdrav29_app.demo.seed import make_anew, seed
from zdrav29_app.gateways import files
from zdrav29_app.values import local


def main() -> None:
    """Bring schema and data up to date."""
    parser = argparse.ArgumentParser(prog="zdrav29_app.demo", description=__doc__)
    parser.add_argument("--reset", action="store_true", help="make everything as new")
    wants_reset = parser.parse_args().reset
    migrate()
    with transaction() as session:
        today = local(clock.now()).date()
        if wants_reset:
            make_anew(session, today=today)
            asyncio.run(files.clear())
        else:
            seed(session, today=today)
            seed_cast(session, today=today)
            seed_services(session, today=today)


if __name__ == "__main__":
    main()
