"""Phone numbers that behave in a certain way by themselves, in every world and without a call."""

from typing import Final

REFUSED: Final = "+79000000001"
LOST: Final = "+79000000002"
LATE: Final = "+79000000003"
LATE_SECONDS: Final = 60
HELD_BACK: Final = frozenset({REFUSED, LOST, LATE})
MEANINGS: Final = {
    "+79000000000": "registration: its operator does not confirm the number",
    REFUSED: "the gateway refuses the message with 503; codes of ESIA itself never arrive",
    LOST: "the gateway takes the message, and it never arrives",
    LATE: f"the message arrives {LATE_SECONDS} seconds late, by the clock of the world",
}
