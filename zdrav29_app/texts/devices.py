"""A browser's own description of itself, in words: «Chrome, Windows»."""

from functools import lru_cache

from ua_parser import parse

_LIMIT = 300
_BROWSERS = {
    "Chrome Mobile": "Chrome",
    "HeadlessChrome": "Chrome",
    "Mobile Safari": "Safari",
    "Firefox Mobile": "Firefox",
    "Yandex Browser": "Яндекс Браузер",
}
_PHONES = {"Android", "iOS"}


@lru_cache(maxsize=500)
def in_words(user_agent: str) -> str:
    """«Safari, телефон, iOS»; what nobody knows is «неизвестное устройство»."""
    found = parse(user_agent[:_LIMIT])
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    kind = "телефон" if system in _PHONES else "компьютер" if system else ""
    words = ", ".join(filter(None, (_BROWSERS.get(browser, browser), kind, system)))
    return words or "неизвестное устройство"
