"""`make reset`: the demo data of the configured data folder as new."""

import subprocess
import sys

from zdrav29_app.settings import settings


def main() -> int:
    """Make the data again; the database itself refuses while somebody writes."""
    code = subprocess.run([sys.executable, "-m", "zdrav29_app.demo", "--reset"], check=False)
    print(f"Demo data in {settings.data_dir} are as new." if not code.returncode else "Not reset.")
    return code.returncode


if __name__ == "__main__":
    sys.exit(main())
