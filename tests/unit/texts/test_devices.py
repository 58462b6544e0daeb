"""A browser in words that its owner knows."""

import pytest

from zdrav29_app.texts.devices import in_words

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/130.0.0.0 Safari/537.36",
         "Chrome, компьютер, Windows"),
        (f"Mozilla/5.0 (Linux; Android 10; K) {KIT} Chrome/130.0.0.0 Mobile Safari/537.36",
         "Chrome, телефон, Android"),
        (f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/124.0 YaBrowser/24.6.0.0 Safari/537.36",
         "Яндекс Браузер, компьютер, Windows"),
        ("curl/8.0", "curl"),
        ("", "неизвестное устройство"),
        ("<script>" * 100, "неизвестное устройство"),
    ],
)  # fmt: skip
def test_a_browser_is_told_in_words(agent: str, words: str):
    assert in_words(agent) == words
