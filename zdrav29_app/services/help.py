"""Finding a page of help by one's own words. The texts come from the caller."""

from collections.abc import Mapping

from zdrav29_app.rules import words as rules


def find(query: str, texts: Mapping[str, str]) -> list[str]:
    """Names of the texts that hold these words in any form, those that hold most of them first."""
    asked = rules.told(query)
    found: dict[str, int] = {}
    for name, text in texts.items():
        known = rules.known_words([text])
        if held := sum(rules.is_known(word, known) for word in asked):
            found[name] = held
    best = max(found.values(), default=0)
    return [name for name, held in found.items() if held == best]
