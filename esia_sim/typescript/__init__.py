"""One TypeScript file for `@playwright/test`; it is copied next to the tests that use it."""

from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("esia-sim.ts")
