"""Whatever the help names exists: labels on screens, addresses, screens it belongs to."""

import re
from pathlib import Path

import pytest
from PIL import Image

from stand.scenes import SCENES
from zdrav29_app.endpoints import ROUTES
from zdrav29_app.pages import ALL
from zdrav29_app.services import help as service
from zdrav29_app.texts.guides import GUIDES
from zdrav29_app.texts.help import FOR_SCREENS, TASKS, Topic, for_screen

ADDRESSES = {page.route for page in ALL}
OURS = {"help.py", "guides.py", "lessons.py"}
SCREENS = "\n".join(
    file.read_text(encoding="utf-8")
    for pattern in ("zdrav29_app/texts/*.py", "zdrav29_app/rules/*.yaml", "esia_sim/**/*.html")
    for file in Path().glob(pattern)
    if file.name not in OURS
)
TITLES = {topic.title for topic in TASKS}
EVERY = [*TASKS, *GUIDES]


def _said(topic: Topic) -> str:
    return " ".join((topic.lead, *topic.steps, *topic.troubles, topic.alt))


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


@pytest.mark.parametrize("topic", TASKS, ids=lambda topic: topic.slug)
def test_every_task_has_a_small_picture_of_its_screen_told_in_words(topic: Topic):
    file = Path(f"assets/help/{topic.slug}.webp")

    assert len(topic.alt) > 40
    assert file.stat().st_size <= 60_000
    with Image.open(file) as picture:
        width, height = picture.size
    assert width / height == pytest.approx(390 / 844, abs=0.01)


def test_no_picture_is_left_of_a_task_that_is_gone_and_each_is_taken_anew():
    slugs = {topic.slug for topic in TASKS}

    assert {file.stem for file in Path("assets/help").iterdir()} == slugs
    assert {scene.help for scene in SCENES} - {""} == slugs


def test_the_trainer_has_five_lessons_each_with_task_situation_sight_and_reset():
    trainer = next(one for one in GUIDES if one.slug == "trainer")

    assert len(trainer.steps) == 5
    for lesson in trainer.steps:
        assert all(word in lesson for word in ("Задание", "Ученик видит", "Сброс"))
        assert "Ситуация" in lesson


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
