"""A browser's description of itself, in words that its owner knows: «Chrome, Windows»."""

from functools import lru_cache
from typing import Final

_NAMES: Final = {
    "Chrome Mobile": "Chrome",
    "HeadlessChrome": "Chrome",
    "Mobile Safari": "Safari",
    "Yandex Browser": "Яндекс Браузер",
}


@lru_cache(maxsize=500)
def in_words(agent: str) -> str:
    """Name the browser and the system, as far as they are known."""
    from ua_parser import parse  # noqa: PLC0415 - its tables are read when somebody signs in

    found = parse(agent)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    return ", ".join(filter(None, (_NAMES.get(browser, browser), system))) or "Браузер неизвестен"
