"""Words of a calendar entry."""

from zdrav29_app.texts import formats, talon
from zdrav29_app.values import FullName


def summary(speciality: str, doctor: FullName) -> str:
    """«Приём: терапевт, Иванова М. П.»."""
    return f"Приём: {formats.inside(speciality)}, {formats.short_name(doctor)}"


def room(number: str) -> str:
    """«кабинет 214»."""
    return f"кабинет {number}"


def description(number: str, branch: str, papers: list[str]) -> str:
    """The talon in one line, and what to bring."""
    return f"Талон № {number}, {branch}. {talon.COME_EARLY}; возьмите: {', '.join(papers)}."
