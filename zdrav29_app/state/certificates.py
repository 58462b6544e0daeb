"""The page `/certificates`: ordering certificates, and how the orders stand."""

import re
from dataclasses import dataclass
from typing import Any, cast

import reflex as rx

from zdrav29_app.db.engine import in_transaction, reading
from zdrav29_app.errors import BadInput
from zdrav29_app.identity import Viewer
from zdrav29_app.papers import CertificateKind, CertificateRefusal
from zdrav29_app.services import certificates
from zdrav29_app.services.certificates import Order
from zdrav29_app.state.options import Option
from zdrav29_app.state.session import SignedIn
from zdrav29_app.state.shell import ShellState
from zdrav29_app.texts import certificates as texts
from zdrav29_app.texts import formats

PURPOSE_LIMIT = 120
_NUMBER = re.compile(r"С-\d{6}", re.ASCII)


@dataclass(frozen=True)
class OrderCard:
    """One order in words; `href` leads to the document, or where a refusal sends to."""

    number: str
    title: str
    status: str
    tone: str
    purpose: str
    ordered: str
    next: str
    is_open: bool
    cancel_name: str
    act: str
    act_name: str
    href: str


class CertificatesState(SignedIn, rx.State):
    """The form and all orders of the person whose cabinet is open."""

    loaded: bool = False
    kinds: list[Option] = []
    kind: str = ""
    clinic: str = ""
    orders: list[OrderCard] = []
    order_count: int = 0
    is_busy: bool = False

    @rx.event
    async def load(self):
        """Show what may be ordered, and what was."""
        viewer = await self._strong_viewer()
        offer = await reading(certificates.offer, viewer)
        self.kinds = [Option(kind.value, texts.KINDS[kind]) for kind in offer.kinds]
        self.kind, self.clinic, self.is_busy = self.kinds[0].value, offer.clinic, False
        await self._list(viewer)
        self.loaded = True

    @rx.event
    async def order(self, form: dict[str, Any]):
        """Order one; a refusal leaves the form as it was filled in."""
        viewer = await self._strong_viewer()
        kind, purpose = read_form(form)
        self.is_busy = True
        yield
        try:
            number = await in_transaction(certificates.order, viewer, kind, purpose)
        finally:
            self.is_busy = False
        self.order_count += 1
        await self._list(viewer)
        shell = await self.get_state(ShellState)
        shell.message = texts.ordered(number)

    @rx.event
    async def cancel(self, number: str):
        """Cancel an order; the number comes from the browser and proves nothing."""
        viewer = await self._strong_viewer()
        if not isinstance(number, str) or not _NUMBER.fullmatch(number):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise BadInput
        try:
            await in_transaction(certificates.cancel, viewer, number)
        finally:
            await self._list(viewer)
        shell = await self.get_state(ShellState)
        shell.message = texts.CANCELLED

    async def _list(self, viewer: Viewer) -> None:
        found = await reading(certificates.my_orders, viewer)
        self.orders = [order_card(one) for one in found]


def read_form(form: object) -> tuple[CertificateKind, str]:
    """Kind and purpose as the browser sends them.

    Raises:
        BadInput: there is no such kind, or the purpose is no short printable line.
    """
    fields = cast("dict[str, object]", form) if isinstance(form, dict) else {}
    kind, purpose = fields.get("kind"), fields.get("purpose") or ""
    if not isinstance(purpose, str) or len(purpose) > PURPOSE_LIMIT or not purpose.isprintable():
        raise BadInput
    try:
        return CertificateKind(str(kind)), " ".join(purpose.split())
    except ValueError:
        raise BadInput from None


def order_card(one: Order) -> OrderCard:
    """An order in words."""
    status, tone = texts.STATUSES[one.status]
    title = texts.KINDS[one.kind]
    act, href = _way_on(one)
    return OrderCard(
        number=one.number,
        title=title,
        status=status,
        tone=tone,
        purpose=one.purpose,
        ordered=f"{formats.when(one.ordered_at)}, {texts.number(one.number)}",
        next=texts.what_next(one.status, one.promised_at, one.refusal or ""),
        is_open=one.is_open,
        cancel_name=texts.act_on(texts.CANCEL, title, one.number),
        act=act,
        act_name=texts.act_on(act, title, one.number),
        href=href,
    )


def _way_on(one: Order) -> tuple[str, str]:
    if one.document_id is not None:
        return texts.OPEN, f"/documents/{one.document_id}"
    if one.refusal is CertificateRefusal.EXAMINATION:
        return texts.TO_THERAPIST, texts.THERAPIST_HREF
    return "", ""
