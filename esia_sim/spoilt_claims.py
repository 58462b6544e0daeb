"""Spoilt claims: signed as they should be, but saying something that must not be believed."""

from collections.abc import Callable
from typing import Final

from esia_sim.spoil import Draft

Changes = dict[str, tuple[str, Callable[[Draft], str]]]
_LONG: Final = 7 * 24 * 3600
_SOME_OID: Final = 1999999999
_SUBJECT: Final = "urn:esia:sbj"
_PERSON: Final = {"id": "sub", "access": "urn:esia:sbj_id"}
_SYSTEM: Final = {"id": "aud", "access": "client_id"}


def _set(**fields: object) -> Callable[[Draft], str]:
    return lambda draft: draft.claiming(fields).signed()


def _system(change: Callable[[str], object]) -> Callable[[Draft], str]:
    def spoilt(draft: Draft) -> str:
        name = _SYSTEM[draft.kind]
        return draft.claiming({name: change(draft.claims[name])}).signed()

    return spoilt


def _issuer(change: Callable[[str], str]) -> Callable[[Draft], str]:
    return lambda draft: draft.claiming({"iss": change(draft.claims["iss"])}).signed()


def _other_scheme(issuer: str) -> str:
    name = issuer.partition("://")[2]
    return f"{'http' if issuer.startswith('https:') else 'https'}://{name}"


def _person(change: Callable[[object], object], *kinds: str) -> Callable[[Draft], str]:
    def spoilt(draft: Draft) -> str:
        if draft.kind not in kinds:
            return draft.text
        name = _PERSON[draft.kind]
        return draft.claiming({name: change(draft.claims[name])}).signed()

    return spoilt


def _foreign_subject(draft: Draft) -> str:
    subject = draft.claims.get(_SUBJECT)
    if subject is None:
        return draft.text
    return draft.claiming({_SUBJECT: {**subject, "urn:esia:sbj:oid": _SOME_OID}}).signed()


def _of_another_person(draft: Draft) -> str:
    if draft.kind != "id":
        return draft.text
    subject = {**draft.claims[_SUBJECT], "urn:esia:sbj:oid": _SOME_OID}
    other = type(draft.claims["sub"])(_SOME_OID)  # a text in OpenID Connect
    return draft.claiming({"sub": other, _SUBJECT: subject}).signed()


def _of_other_type(oid: object) -> object:
    return int(oid) if isinstance(oid, str) else str(oid)


def _times(**seconds: int) -> Callable[[Draft], str]:
    return lambda draft: draft.claiming(
        {name: draft.now + shift for name, shift in seconds.items()}
    ).signed()


def _as_text(name: str) -> Callable[[Draft], str]:
    return lambda draft: draft.claiming({name: str(draft.claims[name])}).signed()


def _without(names: dict[str, str]) -> Callable[[Draft], str]:
    def spoilt(draft: Draft) -> str:
        kept = {name: is_ for name, is_ in draft.claims.items() if name != names[draft.kind]}
        return Draft(draft.world, draft.kind, draft.text, draft.header, kept).signed()

    return spoilt


def _missing(name: str) -> tuple[str, Callable[[Draft], str]]:
    must = f"Refuse: without {name} a check cannot be made."
    return must, _without({"id": name, "access": name})


ADDRESSES: Final[Changes] = {
    "issuer": ("Refuse: another issuer wrote it.", _set(iss="http://other.example/")),
    "issuer_scheme": ("Refuse: http and https are two issuers.", _issuer(_other_scheme)),
    "issuer_slash": (
        "Refuse: the issuer is compared letter by letter, with its last slash.",
        _issuer(lambda name: name.rstrip("/") if name.endswith("/") else f"{name}/"),
    ),
    "issuer_prefix": (
        "Refuse: an issuer that only begins like the right one is another.",
        _issuer(lambda name: f"{name.rstrip('/')}.example/"),
    ),
    "audience": ("Refuse: it is meant for another system.", _system(lambda _: "SOMEBODY")),
    "audience_case": ("Refuse: names of systems tell case.", _system(str.swapcase)),
    "audience_list": (
        "Refuse: it is meant for a system beside yours that you do not trust.",
        _system(lambda name: [name, "SOMEBODY"]),
    ),
    "audience_empty": ("Refuse: it is meant for nobody.", _system(lambda _: "")),
}
PERSONS: Final[Changes] = {
    "other_person": (
        "Refuse: the id_token speaks of another person than the access token.",
        _of_another_person,
    ),
    "other_access": (
        "Refuse: the access token opens the data of another person.",
        _person(lambda _: _SOME_OID, "access"),
    ),
    "foreign_subject": (
        "Refuse: inside the id_token two persons are named.",
        _foreign_subject,
    ),
    "person_as_text": (
        "Refuse: the id of a person is a number, in OpenID Connect a text; the other is no id.",
        _person(_of_other_type, "id", "access"),
    ),
    "person_as_truth": (
        "Refuse: true is no person, though many languages count it as 1.",
        _person(lambda _: True, "id", "access"),
    ),
    "person_as_list": (
        "Refuse: one token speaks of one person.",
        _person(lambda oid: [oid], "id", "access"),
    ),
}
TIMES: Final[Changes] = {
    "expired": ("Refuse: it ended long ago.", _times(nbf=-_LONG, iat=-_LONG, exp=60 - _LONG)),
    "not_yet_valid": ("Refuse: it begins in an hour.", _times(nbf=3600)),
    "issued_ahead": ("Refuse: it was written in the future.", _times(iat=3600)),
    "ends_before_it_begins": ("Refuse: it is never good.", _times(nbf=0, exp=-3600)),
    "end_as_text": ("Refuse: a time is a number.", _as_text("exp")),
    "begin_as_text": ("Refuse: a time is a number.", _as_text("nbf")),
    "issued_as_text": ("Refuse: a time is a number.", _as_text("iat")),
    "end_is_null": ("Refuse: null is no time, and no token is good for ever.", _set(exp=None)),
    "end_is_negative": ("Refuse: it ended before 1970.", _set(exp=-1)),
}
MISSING: Final[Changes] = {
    "no_issuer": _missing("iss"),
    "no_end": _missing("exp"),
    "no_begin": _missing("nbf"),
    "no_issue_time": _missing("iat"),
    "no_person": ("Refuse: it speaks of nobody.", _without(_PERSON)),
    "no_audience": ("Refuse: it is meant for nobody.", _without(_SYSTEM)),
}
