"""What a new password must have; the same rule for registration and recovery.

Source: the user's text (at least eight characters, digits, letters of both cases). Latin only is
ours: a password typed in another layout is the commonest reason why signing in fails.
"""

import re
from typing import Final

RULES: Final = (
    (r".{8,}", "не короче 8 знаков"),
    (r"\d", "есть цифра"),
    (r"[a-z]", "есть строчная латинская буква"),
    (r"[A-Z]", "есть заглавная латинская буква"),
    (r"^[!-~]+$", "только латинские буквы, цифры и знаки, без пробелов"),
)
LONGEST: Final = 254


def missing(password: str) -> list[str]:
    """Return the words of the rules that a password does not keep, in their order."""
    return [words for pattern, words in RULES if not re.search(pattern, password, re.ASCII)]


def problem(password: str) -> str | None:
    """Say in one sentence what to change, None when the password is good."""
    if not password:
        return "Придумайте пароль."
    if len(password) > LONGEST:
        return f"Сократите пароль: не длиннее {LONGEST} знаков."
    left = missing(password)
    return f"Измените пароль, нужно: {', '.join(left)}." if left else None
