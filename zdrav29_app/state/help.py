"""The pages `/help` and `/help/<topic>`; they ask the database nothing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import reflex as rx

from zdrav29_app.errors import NotFound
from zdrav29_app.services import help as service
from zdrav29_app.settings import settings
from zdrav29_app.state.options import Option
from zdrav29_app.state.queries import fields_of, text_of
from zdrav29_app.state.session import SignedIn
from zdrav29_app.texts.guides import GUIDES, HANDOUTS
from zdrav29_app.texts.help import TASKS, Topic


@dataclass(frozen=True)
class TopicCard:
    """A task in the list."""

    title: str
    lead: str
    href: str


class HelpState(SignedIn, rx.State):
    """What of the help is shown: a list, or one topic."""

    loaded: bool = False
    query: str = ""
    topics: list[TopicCard] = []
    guides: list[TopicCard] = []
    title: str = ""
    lead: str = ""
    steps: list[str] = []
    troubles: list[str] = []
    links: list[Option] = []
    picture: str = ""
    alt: str = ""
    is_handout: bool = False

    @rx.event
    async def load(self):
        """Show all tasks, or those that the words in the address ask for."""
        self.query = text_of(self._query("q"))
        known = {one.slug: one for one in [*TASKS, *_guides()]}
        texts = {slug: _all_words(one) for slug, one in known.items()}
        found = service.find(self.query, texts) if self.query else [one.slug for one in TASKS]
        self.topics = [_card(known[slug]) for slug in found]
        self.guides = [] if self.query else [_card(one) for one in _guides()]
        self.loaded = True

    @rx.event
    async def search(self, form: dict[str, Any]):
        """Look for other words."""
        words = text_of(fields_of(form).get("q"))
        return rx.redirect(f"/help?{urlencode({'q': words})}" if words else "/help")

    @rx.event
    async def load_topic(self):
        """Show one topic.

        Raises:
            NotFound: there is none of this name; guides exist in a demo only.
        """
        self.title, self.loaded = "", False
        slug = self.router.url.path.rstrip("/").rpartition("/")[2]
        topic = next((one for one in [*TASKS, *_guides()] if one.slug == slug), None)
        if topic is None:
            raise NotFound
        self.title, self.lead = topic.title, topic.lead
        self.steps, self.troubles = list(topic.steps), list(topic.troubles)
        self.picture, self.alt = f"/help/{slug}.webp" if topic.alt else "", topic.alt
        self.links = [Option(value=href, label=label) for label, href in topic.links]
        self.is_handout, self.loaded = slug == HANDOUTS, True


def _guides() -> tuple[Topic, ...]:
    return GUIDES if settings.is_demo else ()


def _card(topic: Topic) -> TopicCard:
    return TopicCard(topic.title, topic.lead, f"/help/{topic.slug}")


def _all_words(topic: Topic) -> str:
    return " ".join((topic.title, topic.lead, *topic.steps, *topic.troubles, topic.words))
