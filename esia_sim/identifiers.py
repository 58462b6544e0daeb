"""Phones, СНИЛС, ИНН and policies: read in any usual writing, written in ESIA's, check digits."""

import re

_PHONE_DIGITS = 11
_SNILS_DIGITS = 11
_TEN_DIGITS = 10
_INN_DIGITS = 12
_POLICY_DIGITS = 16
_INN_OF_ORGANISATION = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_OGRN_DIVISORS = {13: 11, 15: 13}
_INN_10TH = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11TH = (3, *_INN_10TH)
# Only what people put between digits; letters mean that it is not a number at all.
_NUMBER = re.compile(r"\+?[\d\s()\-–\u00a0.]+")


def normalise_phone(text: str) -> str | None:
    """Return `+7XXXXXXXXXX` for a Russian number in any usual writing, else None."""
    digits = _digits(text)
    if len(digits) == _TEN_DIGITS:
        digits = "7" + digits
    if len(digits) != _PHONE_DIGITS or digits[0] not in "78":
        return None
    return "+7" + digits[1:]


def show_phone(phone: str) -> str:
    """Write `+7XXXXXXXXXX` as people read it: `+7(900)000-01-01`."""
    return f"+7({phone[2:5]}){phone[5:8]}-{phone[8:10]}-{phone[10:12]}"


def esia_phone(phone: str) -> str:
    """Write `+7XXXXXXXXXX` as ESIA's REST does: `+7(900)0000101`."""
    return f"+7({phone[2:5]}){phone[5:]}"


def mask_phone(phone: str) -> str:
    """Write `+7XXXXXXXXXX` with all but the last four digits hidden."""
    return f"+7 *** ***-{phone[8:10]}-{phone[10:12]}"


def normalise_snils(text: str) -> str | None:
    """Return `000-000-000 00` for a СНИЛС with a right checksum, else None."""
    # some phones have the check digits of a СНИЛС; only a phone is written with a plus
    digits = "" if text.lstrip().startswith("+") else _digits(text)
    if len(digits) != _SNILS_DIGITS or snils_check(digits[:9]) != digits[9:]:
        return None
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]} {digits[9:]}"


def snils_check(nine: str) -> str:
    """Return the two check digits of a СНИЛС of nine digits."""
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(9, 0, -1), strict=True))
    return f"{total % 101 % 100:02}"


def make_snils(number: int) -> str:
    """Write the СНИЛС with this nine-digit number."""
    nine = f"{number:09}"
    return f"{nine[:3]}-{nine[3:6]}-{nine[6:]} {snils_check(nine)}"


def make_inn(number: int) -> str:
    """Write a person's ИНН (12 digits) of the invented tax office 2999."""
    ten = f"2999{number % 1_000_000:06}"
    eleven = ten + _inn_digit(ten, _INN_10TH)
    return eleven + _inn_digit(eleven, _INN_11TH)


def normalise_inn(text: str) -> str | None:
    """Return a person's ИНН of twelve digits with right check digits, else None."""
    digits = _digits(text)
    if len(digits) != _INN_DIGITS:
        return None
    check = _inn_digit(digits[:10], _INN_10TH) + _inn_digit(digits[:11], _INN_11TH)
    return digits if digits[10:] == check else None


def normalise_secret(text: str) -> str | None:
    """Return the secret of an authenticator app (base32, a multiple of eight), else None."""
    secret = text.strip().upper()
    return secret if re.fullmatch(r"([A-Z2-7]{8}){2,16}", secret) else None


def make_policy(number: int) -> str:
    """Write a 16-digit medical policy of region 29 with a right Luhn digit."""
    body = f"29{number:013}"
    return body + luhn_digit(body)


def normalise_policy(text: str) -> str | None:
    """Return the 16 digits of a medical policy with a right Luhn digit, else None."""
    digits = _digits(text)
    if len(digits) != _POLICY_DIGITS or luhn_digit(digits[:-1]) != digits[-1]:
        return None
    return digits


def organisation_number(text: str) -> str | None:
    """Return an ИНН of ten digits, an ОГРН of 13 or an ОГРНИП of 15 with right check digits.

    Ten digits that begin with a nine are a phone to us: nobody types an organisation so.
    """
    digits = _digits(text)
    is_inn = len(digits) == _TEN_DIGITS and digits[0] != "9"
    if is_inn and _inn_digit(digits[:9], _INN_OF_ORGANISATION) == digits[9]:
        return digits
    if len(digits) in _OGRN_DIVISORS:
        body, divisor = digits[:-1], _OGRN_DIVISORS[len(digits)]
        return digits if str(int(body) % divisor % 10) == digits[-1] else None
    return None


def luhn_digit(body: str) -> str:
    """Return the Luhn check digit to append to the body."""
    total = 0
    for place, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - digits of a two-digit product
    return str(-total % 10)


def normalise_email(text: str) -> str | None:
    """Return the address in lower case, or None when it is not one."""
    text = text.strip().lower()
    return text if re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text) else None


def _inn_digit(digits: str, weights: tuple[int, ...]) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return str(total % 11 % 10)


def _digits(text: str) -> str:
    text = text.strip()
    if not text.isprintable() or not _NUMBER.fullmatch(text):
        return ""
    return re.sub(r"[^0-9]", "", text)
