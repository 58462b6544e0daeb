"""Read fields of YAML and JSON that somebody else wrote, and name what is wrong with them."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import cast


class FieldError(ValueError):
    """A field is unknown, missing or of the wrong kind; the text names it."""


class Fields:
    """A mapping from outside whose values are taken one by one, by kind."""

    def __init__(self, raw: object, known: Collection[str]) -> None:
        """Take the mapping.

        Raises:
            FieldError: it is not a mapping, or has keys that are not known.
        """
        if not isinstance(raw, Mapping):
            msg = "an object with fields is expected"
            raise FieldError(msg)
        self._raw = cast("Mapping[object, object]", raw)
        unknown = sorted(str(key) for key in self._raw if key not in known)
        if unknown:
            msg = f"unknown: {', '.join(unknown)}"
            raise FieldError(msg.encode(errors="replace").decode())

    def __contains__(self, name: str) -> bool:
        """Tell whether the field was given (null counts)."""
        return name in self._raw

    def get(self, name: str) -> object:
        """Return the raw value, or None."""
        return self._raw.get(name)

    def text(self, name: str, *, longest: int = 4000) -> str:
        """Return a text that is there and not blank."""
        value = self.optional_text(name, longest=longest)
        if value is None or not value.strip():
            msg = f"{name}: a text is expected"
            raise FieldError(msg)
        return value

    def optional_text(self, name: str, *, longest: int = 4000) -> str | None:
        """Return a text, or None when it is absent or null."""
        value = self.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > longest or not _is_utf8(value):
            msg = f"{name}: a text of at most {longest} characters is expected"
            raise FieldError(msg)
        return value

    def choice(self, name: str, allowed: Collection[str], default: str) -> str:
        """Return one of the allowed words."""
        value = self.optional_text(name) if name in self else default
        if value is None or value not in allowed:
            msg = f"{name}: one of {', '.join(allowed)} is expected"
            raise FieldError(msg)
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._raw.get(name, default)
        if not isinstance(value, bool):
            msg = f"{name}: true or false is expected"
            raise FieldError(msg)
        return value

    def date(self, name: str) -> date | None:
        """Return a date given as `YYYY-MM-DD`, or None when it is absent."""
        value = self.get(name)
        if value is None or type(value) is date:
            return value
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            msg = f"{name}: a date as YYYY-MM-DD is expected"
            raise FieldError(msg) from error

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; absent counts as empty."""
        return tuple(
            Fields({name: item}, (name,)).text(name, longest=300) for item in self.items(name)
        )

    def items(self, name: str) -> list[object]:
        """Return a list of anything; absent counts as empty."""
        value = self.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            msg = f"{name}: a list is expected"
            raise FieldError(msg)
        return cast("list[object]", value)


def _is_utf8(text: str) -> bool:
    # JSON can spell half of a surrogate pair, which no later step could write.
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
