"""Cancelling a visit in two steps, the same wherever visits are shown."""

from zdrav29_app.db.engine import in_transaction
from zdrav29_app.errors import BadInput
from zdrav29_app.services import booking
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import common

NUMBER_LIMIT = 20


class Cancelling(SignedIn, mixin=True):
    """Private steps for page states; each page offers them under its own public names."""

    async def _cancel(self, number: object) -> None:
        """Cancel the viewer's visit of this number; the number comes from the browser."""
        viewer = await self._viewer()
        await in_transaction(booking.cancel_visit, viewer, checked_number(number))
        shell = await self.get_state(ShellState)
        shell.message = common.VISIT_CANCELLED


def checked_number(number: object) -> str:
    """A visit number as the browser sends it.

    Raises:
        BadInput: it is not even a short string.
    """
    if not isinstance(number, str) or len(number) > NUMBER_LIMIT:
        raise BadInput
    return number
