"""Values: every usual way of writing leads to one form, and everything else is refused."""

from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zdrav29_app.values import OmsNumber, Phone, Snils, local, safe_next

SNILS = (
    "112-233-445 95",
    "087-654-303 00",
    "900-000-058 99",
    "900-000-059 00",
    "900-000-068 00",
    "900-069-998 99",
    "900-069-999 00",
    "900-078-999 00",
)
POLICIES = ("2900000000000015", "2900000000000023", "2900000000000031", "2999990000000175")
ORIGIN = "http://cabinet.example"


@pytest.mark.parametrize("text", SNILS)
def test_a_true_snils_is_shown_as_it_was_written(text: str):
    assert str(Snils.parse(text)) == text


@pytest.mark.parametrize("text", SNILS)
def test_a_snils_may_be_written_without_marks(text: str):
    bare = text.replace("-", "").replace(" ", "")

    assert Snils.parse(f" {bare} ") == Snils.parse(text)


@pytest.mark.parametrize(
    "text",
    ["112-233-445 94", "900-000-059 01", "1122334459", "112233445950", "112-233-44A 95", "", " "],
)
def test_a_false_snils_is_refused(text: str):
    with pytest.raises(ValueError, match="SNILS"):
        Snils.parse(text)


def test_the_oldest_snils_have_no_check_number():
    assert Snils.parse("001-001-998 77").digits == "00100199877"
    with pytest.raises(ValueError, match="check number"):
        Snils.parse("001-001-999 77")


@given(st.integers(min_value=1_001_999, max_value=999_999_999), st.integers(0, 99))
def test_one_check_number_fits_a_snils(number: int, offered: int):
    first_nine = f"{number:09d}"
    fitting = Snils.check_number(first_nine)

    if f"{offered:02d}" == fitting:
        assert Snils.parse(first_nine + fitting).digits == first_nine + fitting
    else:
        with pytest.raises(ValueError, match="check number"):
            Snils.parse(f"{first_nine}{offered:02d}")


@pytest.mark.parametrize("text", [*POLICIES, "2341998071655749"])
def test_a_true_policy_number_is_shown_in_fours(text: str):
    shown = str(OmsNumber.parse(text))

    assert [len(part) for part in shown.split(" ")] == [4, 4, 4, 4]
    assert OmsNumber.parse(shown).digits == text


@pytest.mark.parametrize(
    "text", ["2900000000000016", "290000000000001", "29000000000000150", "29000000000000I5", ""]
)
def test_a_false_policy_number_is_refused(text: str):
    with pytest.raises(ValueError, match="policy number"):
        OmsNumber.parse(text)


@given(st.text("0123456789", min_size=16, max_size=16), st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_in_a_policy_number_is_noticed(digits: str, place: int, change: int):
    true = digits[:15] + next(d for d in "0123456789" if _is_policy(digits[:15] + d))
    wrong_digit = str((int(true[place]) + change) % 10)

    assert not _is_policy(true[:place] + wrong_digit + true[place + 1 :])


def _is_policy(digits: str) -> bool:
    try:
        OmsNumber.parse(digits)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "+79210000011",
        "8 (921) 000-00-11",
        "8-921-000-00-11",
        "79210000011",
        "921 000 00 11",
        "+7\u00a0(921)\u00a0000\u201300\u201311",
        "8.921.000.00.11",
    ],
)
def test_a_phone_may_be_written_in_the_usual_ways(text: str):
    phone = Phone.parse(text)

    assert phone.e164 == "+79210000011"
    assert str(phone) == "+7 (921) 000-00-11"


@pytest.mark.parametrize("text", ["", "112", "+1 921 000 00 11", "921 000 00 1", "phone"])
def test_what_is_no_russian_phone_is_refused(text: str):
    with pytest.raises(ValueError, match="10 digits"):
        Phone.parse(text)


@pytest.mark.parametrize("text", ["+7921000001x", "++79210000011", "+7 921 000 00 11 12"])
def test_a_phone_with_anything_more_is_refused(text: str):
    with pytest.raises(ValueError, match="10 digits"):
        Phone.parse(text)


def test_a_phone_that_lacks_a_digit_after_plus_seven_is_refused():
    with pytest.raises(ValueError, match="10 digits"):
        Phone.parse("+7 921 000 00 1")


def test_a_masked_phone_keeps_two_digits():
    masked = Phone.parse("+79210000042").masked

    assert [sign for sign in masked if sign.isdigit()] == list("742")


@pytest.mark.parametrize("parse", [Snils.parse, OmsNumber.parse, Phone.parse])
@given(text=st.text("0123456789 +-().x\u00a0", max_size=24))
def test_what_was_read_once_is_read_again_the_same(parse, text: str):
    try:
        value = parse(text)
    except ValueError:
        return
    assert parse(str(value)) == value


@pytest.mark.parametrize(
    ("parse", "text"),
    [
        (OmsNumber.parse, "٢٩٠٠٠٠٠٠٠٠٠٠٠٠١٥"),
        (Phone.parse, "8٩٢١٠٠٠٠٠١١"),
        (Snils.parse, "０８７６５４３０３00"),
    ],
)
def test_digits_of_other_scripts_are_refused(parse, text: str):
    with pytest.raises(ValueError, match="digits"):
        parse(text)


def test_arkhangelsk_is_three_hours_ahead_in_winter_and_in_summer():
    for month in (1, 7):
        assert local(datetime(2026, month, 10, 21, 30, tzinfo=UTC)).hour == 0


@pytest.mark.parametrize(
    "target",
    [
        "/home",
        "/booking?speciality=therapist&show=1",
        "/appointments/29-00000001",
        "/booking?district=%D0%9A%D0%BE%D1%82%D0%BB%D0%B0%D1%81#times",
        "/booking?district=Котлас",
        "/authors",
    ],
)
def test_an_address_of_the_cabinet_is_kept(target: str):
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "/\\/evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "JaVaScRiPt://%0aalert(1)",
        "data:text/html,x",
        "evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "\t//evil.example",
        " /home",
        "/home\r\nSet-Cookie: a=b",
        "/home\x00",
        "/home\x7f",
        "",
        "/",
        "/?next=/home",
        "/auth/logout",
        "/auth/esia/login?next=/home",
        "/" + "a" * 500,
        None,
        29,
        ["/home"],
        {"next": "/home"},
        b"/home",
    ],
)
def test_an_address_elsewhere_becomes_the_home_page(target: object):
    assert safe_next(target) == "/home"


@pytest.mark.parametrize(
    "target",
    ["/./auth/logout", "/x/../auth/logout", "/%61uth/logout", "/x/%2e%2e/auth/logout"],
)
def test_no_way_of_writing_leads_to_the_doors_of_sign_in(target: str):
    assert safe_next(target) == "/home"


@given(st.text(st.sampled_from("/\\.:@?#%a5\t\n\r é"), max_size=12))
def test_whatever_comes_back_stays_in_the_cabinet(target: str):
    kept = safe_next(target)

    assert kept.startswith("/")
    assert urlsplit(urljoin(ORIGIN, kept.replace("\\", "/"))).netloc == urlsplit(ORIGIN).netloc
