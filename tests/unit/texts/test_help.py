"""Whatever the help names exists: labels on screens, addresses, screens it belongs to."""

import re
from pathlib import Path

import pytest

from zdrav29_app.endpoints import ROUTES
from zdrav29_app.pages import ALL
from zdrav29_app.services import help as service
from zdrav29_app.texts.guides import GUIDES
from zdrav29_app.texts.help import FOR_SCREENS, TASKS, Topic, for_screen

ADDRESSES = {page.route for page in ALL}
OURS = {"help.py", "guides.py"}
SCREENS = "\n".join(
    file.read_text(encoding="utf-8")
    for pattern in ("zdrav29_app/texts/*.py", "zdrav29_app/rules/*.yaml", "esia_sim/**/*.html")
    for file in Path().glob(pattern)
    if file.name not in OURS
)
TITLES = {topic.title for topic in TASKS}
EVERY = [*TASKS, *GUIDES]


def _said(topic: Topic) -> str:
    return " ".join((topic.lead, *topic.steps, *topic.troubles))


@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.slug)
def test_every_label_that_help_names_stands_on_a_screen(topic: Topic):
    labels = set(re.findall(r"«([^»]+)»", _said(topic))) - TITLES - {"Спам"}

    assert {label for label in labels if f"{label}" not in SCREENS} == set()


@pytest.mark.parametrize("topic", EVERY, ids=lambda topic: topic.slug)
def test_every_address_that_help_links_exists(topic: Topic):
    hrefs = {href for _, href in topic.links}
    guides = {f"/help/{one.slug}" for one in EVERY}

    assert hrefs <= ADDRESSES | guides


@pytest.mark.parametrize("topic", GUIDES, ids=lambda topic: topic.slug)
def test_every_control_that_a_guide_names_exists(topic: Topic):
    named = set(re.findall(r"/_demo/\w+", _said(topic)))

    assert named <= {route.path.split("/{")[0] for route in ROUTES}


def test_the_trainer_has_five_lessons_each_with_task_situation_sight_and_reset():
    trainer = next(one for one in GUIDES if one.slug == "trainer")

    assert len(trainer.steps) == 5
    for lesson in trainer.steps:
        assert all(word in lesson for word in ("Задание", "Ученик видит", "Сброс"))
        assert "Вызвать" in lesson or "Ситуация" in lesson


def test_every_screen_with_help_exists_and_leads_to_a_task():
    for screen in FOR_SCREENS:
        assert screen in ADDRESSES
        assert for_screen(screen)
    below = for_screen("/appointments/29-12345678")
    assert below
    assert below.slug == "booking"
    assert for_screen("/gallery") is None


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("не приходит код", "confirm"),
        ("забыла пароль", "restore"),
        ("записать ребенка", "booking"),
        ("мои анализы", "documents"),
        ("сменить поликлинику", "clinic"),
        ("пожаловаться в поддержку", "support"),
    ],
)
def test_help_is_found_by_ones_own_words_in_any_form(query: str, slug: str):
    texts = {
        one.slug: " ".join((one.title, one.lead, *one.steps, *one.troubles, one.words))
        for one in TASKS
    }

    assert slug in service.find(query, texts)
    assert service.find("абракадабра", texts) == []
