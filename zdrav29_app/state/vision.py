"""«Версия для слабовидящих»: size, spacing, colours, pictures; remembered per person."""

from urllib.parse import parse_qsl, urlencode

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput, CabinetError
from zdrav29_app.identity import Viewer
from zdrav29_app.services import preferences
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts.vision import CHOICES
from zdrav29_app.ui.typing import rx as loose


class VisionState(SignedIn, rx.State):
    """How this browser shows pages. `kept` is the choice as the browser keeps it: untrusted."""

    kept: str = rx.LocalStorage("", name="vision", sync=True)
    is_open: bool = False

    @loose.var
    def size(self) -> str:
        """Size of letters in percent, empty for the usual."""
        return self._chosen("size")

    @loose.var
    def spacing(self) -> str:
        """`wide` or empty."""
        return self._chosen("spacing")

    @loose.var
    def scheme(self) -> str:
        """Name of a scheme of two colours, or empty."""
        return self._chosen("scheme")

    @loose.var
    def images(self) -> str:
        """`off` or empty."""
        return self._chosen("images")

    @rx.event
    async def toggle(self):
        """Show or hide the choices."""
        self.is_open = not self.is_open

    @rx.event
    async def choose(self, name: str, value: str):
        """Choose one thing; it holds on every page, and for a person on every device."""
        if name not in CHOICES or value not in CHOICES[name][1]:
            raise BadInput
        await self._keep({**self._all(), name: value})

    @rx.event
    async def forget(self):
        """Back to the usual look."""
        await self._keep({})
        self.is_open = False

    async def _arrive(self, viewer: Viewer) -> None:
        """Take over what a person has chosen elsewhere; what she chose before signing in counts."""
        known = await reading(preferences.vision_of, viewer)
        if known:
            self.kept = _written(known)
        elif chosen := self._all():
            await in_transaction(preferences.save_vision, viewer, chosen)

    async def _keep(self, chosen: dict[str, str]) -> None:
        self.kept = _written(chosen)
        try:
            viewer = await self._newcomer()
        except CabinetError:
            return  # nobody is signed in: the browser keeps it
        # with the empty ones: the usual look, once chosen, is a choice too
        every = {name: chosen.get(name, "") for name in CHOICES}
        await in_transaction(preferences.save_vision, viewer, every)

    def _all(self) -> dict[str, str]:
        pairs = dict(parse_qsl(str(self.kept)[:200]))
        return {
            name: pairs[name]
            for name, (_, values) in CHOICES.items()
            if pairs.get(name) and pairs[name] in values
        }

    def _chosen(self, name: str) -> str:
        return self._all().get(name, "")


def _written(chosen: dict[str, str]) -> str:
    return urlencode({name: value for name, value in chosen.items() if value})
