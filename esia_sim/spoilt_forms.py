"""Spoilt forms: damaged on the way, or written as no library should read it; and harmless ones."""

import json
from typing import Final

from esia_sim.spoil import Draft, encoded
from esia_sim.spoilt_claims import Changes

_LONG: Final = 200_000
_PERSON: Final = {"id": "sub", "access": "urn:esia:sbj_id"}


def _content_of(draft: Draft, claims: str) -> str:
    """Sign claims that are written by hand."""
    content = f"{encoded(json.dumps(dict(draft.header)).encode())}.{encoded(claims.encode())}"
    return f"{content}.{encoded(draft.key.sign(content.encode()))}"


def _twice(draft: Draft) -> str:
    body = json.dumps(dict(draft.claims))
    return _content_of(draft, f'{body[:-1]}, "{_PERSON[draft.kind]}": 1999999999, "exp": 1}}')


def _unconfirmed(draft: Draft) -> str:
    subject = draft.claims.get("urn:esia:sbj")
    if subject is None:
        return draft.text
    kept = {name: is_ for name, is_ in subject.items() if name != "urn:esia:sbj:is_tru"}
    return draft.claiming({"urn:esia:sbj": kept | {"urn:esia:sbj:lvl": "P"}}).signed()


def _without_typ(draft: Draft) -> str:
    header = {name: is_ for name, is_ in draft.header.items() if name != "typ"}
    return Draft(draft.world, draft.kind, draft.text, header, draft.claims).signed()


def _turned(draft: Draft) -> str:
    turned = dict(reversed(list(draft.claims.items())))
    return Draft(draft.world, draft.kind, draft.text, draft.header, turned).signed()


FORMS: Final[Changes] = {
    "truncated": ("Refuse: its end was cut off.", lambda draft: draft.text[:-20]),
    "two_parts": ("Refuse: it has no signature.", lambda draft: draft.text.rpartition(".")[0]),
    "empty_signature": (
        "Refuse: it has no signature.",
        lambda draft: f"{draft.text.rpartition('.')[0]}.",
    ),
    "four_parts": ("Refuse: a token has three parts.", lambda draft: f"{draft.text}.AAAA"),
    "padded": (
        "Refuse: base64 of a token has no padding; a second spelling deceives lists of used ones.",
        lambda draft: f"{draft.text}==",
    ),
    "line_break": ("Refuse: a token has no white space.", lambda draft: f"{draft.text}\n"),
    "foreign_letters": (
        "Refuse: these letters are not of base64url; skipping them makes a second spelling.",
        lambda draft: f"{draft.text}!*",
    ),
    "empty": ("Refuse: there is no token.", lambda _: ""),
    "very_long": (
        "Refuse, and soon: the signature is no signature, however long.",
        lambda draft: draft.text + "A" * _LONG,
    ),
    "claims_are_a_list": ("Refuse: claims are an object.", lambda draft: _content_of(draft, "[]")),
    "claims_are_no_json": ("Refuse: claims are JSON.", lambda draft: _content_of(draft, "{sub:1")),
    "claims_too_deep": (
        "Refuse with an ordinary error: nesting must not break the parser.",
        lambda draft: _content_of(draft, "[" * 50_000),
    ),
    "claim_twice": (
        "Refuse: the same claims stand there twice; the second ones are not good.",
        _twice,
    ),
}
HARMLESS: Final[Changes] = {
    "unknown_claim": (
        "Accept: claims that you do not know are passed over.",
        lambda draft: draft.claiming({"urn:example:new": {"a": [1]}}).signed(),
    ),
    "unknown_header": (
        "Accept: header fields that you do not know are passed over.",
        lambda draft: draft.headed(colour="blue").signed(),
    ),
    "claims_turned": ("Accept: the order of claims means nothing.", _turned),
    "without_typ": ("Accept: `typ` may be left out.", _without_typ),
    "typ_in_small_letters": (
        "Accept: `typ` does not tell case.",
        lambda draft: draft.headed(typ="jwt").signed(),
    ),
    "clock_ahead": (
        "Accept: clocks differ by some seconds.",
        lambda draft: draft.claiming({"nbf": draft.now + 20, "iat": draft.now + 20}).signed(),
    ),
    "nonce_not_asked_for": (
        "Accept when you sent no nonce; refuse when you sent one, as it is another.",
        lambda draft: draft.claiming({"nonce": "not-yours"}).signed(),
    ),
    "unconfirmed": (
        "Accept the person, and give her nothing that needs a confirmed identity.",
        _unconfirmed,
    ),
}
