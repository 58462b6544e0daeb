"""The page `/results`: the last value of each test, and how it went before."""

import reflex as rx

from zdrav29_app import archive, clock
from zdrav29_app.demo import delivery
from zdrav29_app.papers import Verdict
from zdrav29_app.state.readable_cards import ResultCard, result_card
from zdrav29_app.state.session import SignedIn
from zdrav29_app.values import local


class ResultsState(SignedIn, rx.State):
    """What is outside its range stands first."""

    loaded: bool = False
    outside: list[ResultCard] = []
    inside: list[ResultCard] = []

    @rx.event
    async def load(self):
        """Read the laboratory documents of the patient."""
        viewer = await self._strong_viewer()
        await delivery.deliver(viewer.patient_id)
        today = local(clock.now()).date()
        history = await archive.results_over_time(viewer, until=today)
        cards: dict[bool, list[ResultCard]] = {True: [], False: []}
        for earlier in history.values():
            last = earlier[-1]
            is_outside = last.measured.verdict in {Verdict.LOW, Verdict.HIGH}
            href = f"/documents/{last.document_id}"
            cards[is_outside].append(result_card(last.measured, earlier, href))
        self.outside, self.inside = cards[True], cards[False]
        self.loaded = True
