"""`python -m deploy.prepare`: keys, schema and data of a demo, and its files for the proxy.

Run once before the workers, by compose.yaml; what is there already stays.
"""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from stand import keys
from zdrav29_app.demo.__main__ import main as seed
from zdrav29_app.framework import BUILT
from zdrav29_app.settings import settings


def main() -> None:
    """Prepare what workers, simulator and proxy find in their volumes."""
    keys.prepare(settings.data_dir, host=urlsplit(settings.origin).hostname or "localhost")
    seed()
    publish(Path(os.environ.get("ZDRAV29_STATIC", "/static")))


def publish(static: Path) -> None:
    """Lay the files of this release beside those of the ones before, for tabs still open."""
    shutil.copytree(BUILT, static, dirs_exist_ok=True)


if __name__ == "__main__":
    main()
