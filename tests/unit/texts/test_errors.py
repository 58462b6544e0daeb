"""Every refusal has words of its own and a way on that exists."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from zdrav29_app import errors
from zdrav29_app.endpoints import ROUTES
from zdrav29_app.pages import ALL
from zdrav29_app.texts.errors import SIGN_IN_AGAIN, message_for, message_for_code

MOMENT = datetime(2026, 11, 24, 6, 15, tzinfo=UTC)
NUMBER = "29-00000001"


def _with_facts() -> list[errors.CabinetError]:
    return [
        errors.EsiaRefused("ESIA-007005"),
        errors.SlotTaken((MOMENT,)),
        errors.BeyondHorizon(14),
        errors.AlreadyBooked("Терапевт", MOMENT, NUMBER),
        errors.TimeConflict("Хирург", MOMENT, NUMBER),
        errors.WrongAge(17, for_children=False),
        errors.TooManyVisits(5),
        errors.GatewayError("503", permanent=False),
    ]


def _family(kind: type[errors.CabinetError]) -> list[type[errors.CabinetError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in _family(child))]


def _all_errors() -> list[errors.CabinetError]:
    samples = {type(error): error for error in _with_facts()}
    return [samples.get(kind) or kind() for kind in _family(errors.CabinetError)]


FAMILY = _all_errors()
LEAVES = [error for error in FAMILY if not type(error).__subclasses__()]


def test_every_error_has_a_code_of_its_own():
    codes = [error.code for error in LEAVES]

    assert len(set(codes)) == len(codes)
    assert errors.CabinetError.code not in codes


def test_every_error_has_words_of_its_own():
    titles = [message_for(error).title for error in FAMILY]

    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("error", FAMILY, ids=lambda error: type(error).__name__)
def test_words_are_whole_sentences(error: errors.CabinetError):
    message = message_for(error)

    assert message.title[0].isupper()
    assert not message.title.endswith(".")
    assert message.text.rstrip().endswith(".")
    assert "None" not in message.text
    assert bool(message.label) == bool(message.href)


@pytest.mark.parametrize("error", FAMILY, ids=lambda error: type(error).__name__)
def test_words_follow_the_patterns_of_plain_language(error: errors.CabinetError):
    message = message_for(error)

    assert not re.search("пожалуйста|неверн|недопустим|штраф", f"{message.title} {message.text}")


@pytest.mark.parametrize("error", FAMILY, ids=lambda error: type(error).__name__)
def test_the_way_on_is_an_address_of_the_cabinet(error: errors.CabinetError):
    href = message_for(error).href
    addresses = [page.route for page in ALL] + [route.path for route in ROUTES]
    patterns = [re.sub(r"[\[{][^\]}]+[\]}]", r"[^/]+", address) for address in addresses]

    path = urlsplit(href).path

    assert not href or any(re.fullmatch(pattern, path) for pattern in patterns)


def test_a_new_error_without_words_gets_those_of_a_failure():
    class Unheard(errors.CabinetError):
        pass

    try:
        assert message_for(Unheard()) == message_for(errors.CabinetError())
    finally:
        del Unheard


def test_a_taken_time_names_what_is_free_nearby():
    assert "вт, 24\u00a0ноября, 09:15" in message_for(errors.SlotTaken((MOMENT,))).text
    assert "свободно:" not in message_for(errors.SlotTaken()).text


@pytest.mark.parametrize(
    ("age", "for_children", "words"),
    [(18, True, "18\u00a0лет"), (21, True, "21\u00a0год"), (1, False, "1\u00a0год")],
)
def test_the_age_agrees_with_its_noun(age: int, for_children: bool, words: str):
    assert words in message_for(errors.WrongAge(age, for_children=for_children)).text


@pytest.mark.parametrize("error", errors.SignInRefused.__subclasses__())
def test_a_refused_sign_in_travels_by_its_code(error: type[errors.SignInRefused]):
    assert message_for_code(error.code) == message_for(error())


@pytest.mark.parametrize("code", ["", "SLOT-409", "SYS-500", "AUTH-999", "<b>"])
def test_no_other_code_has_words_on_the_way_in(code: str):
    assert message_for_code(code) is None


def test_signing_in_again_is_offered_after_a_lost_session():
    message = message_for(errors.SignedOut(expired=True))

    assert (message.label, message.href) == SIGN_IN_AGAIN
