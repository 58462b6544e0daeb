"""Why a `client_secret` does not prove its client: what was hashed, and what would have verified.

Looks at the secret itself (alphabet, padding, PEM, the wrong kind), then at near variants of the
message and of the bytes: order of the parts, a missing part, the form of the time, a damaged plus,
byte order. Everything is tried only after a refusal, and never on a faithful stand.
"""

# asn1crypto ships no types.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# pyright: reportUnknownVariableType=false
import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from itertools import permutations
from typing import Any, Final
from urllib.parse import quote

from asn1crypto import cms

from esia_sim import gost
from esia_sim.client_keys import key_of
from esia_sim.clients import Client
from esia_sim.raw_signatures import check_lenient
from esia_sim.signatures import SignatureError, check_in_force, decode
from esia_sim.versions import V1_ORDER, V2_ORDER, Version, signed_messages

_RAW: Final = 2 * gost.SIZE
_DER: Final = 0x30
_MOST_VARIANTS: Final = 40
_MOST_OF_GOST: Final = 8  # each takes tens of milliseconds
_SECRETS: Final = ("code", "refresh_token")


def hints(client: Client, params: Mapping[str, str], version: Version, now: datetime) -> list[str]:
    """Say what is wrong with the signature of a request, the surest first."""
    secret = params.get("client_secret", "")
    found = [*_of_text(secret), *_of_certificates(client, now)]
    raw = _bytes_of(secret)
    if raw is None:
        return [*found, "client_secret — не base64; читаются оба алфавита, с «=» на конце и без"]
    found += _of_kind(raw, version)
    expected = signed_messages(version, params, strict=client.strict)
    if right := _verifying_bytes(client, raw, expected[0], now):
        return [*found, right]
    for label, message in _near(client, params, version, expected):
        if _verifies(client, raw, message, now):
            return [*found, f"подпись верна для другой строки: {label}"]
    found.append("подпись не подходит и к похожим строкам: другой ключ или другое содержание")
    return found


def signed_text(client: Client, params: Mapping[str, str], version: Version) -> str:
    """Return the exact text that should have been hashed, with codes and tokens masked."""
    hidden = {name: f"<{name}>" for name in _SECRETS if name in params}
    return signed_messages(version, {**params, **hidden}, strict=client.strict)[0]


def _of_text(secret: str) -> Iterator[str]:
    if "-----BEGIN" in secret:
        yield "client_secret — PEM: нужен base64 от DER, без первой и последней строки"
    if " " in secret:
        yield "в client_secret пробелы: плюс отправлен как есть; пишите его как %2B"
    if "%" in secret:
        yield "client_secret закодирован дважды: в нём знаки процента"
    if re.search(r"[+/]", secret) and re.search(r"[-_]", secret):
        yield "в client_secret смешаны два алфавита base64"
    if re.fullmatch(r"[0-9A-Fa-f]{128}", secret):
        yield "client_secret в шестнадцатеричном виде: нужен base64"
    if "\n" in secret or "\r" in secret:
        yield "в client_secret есть переводы строк"


def _of_certificates(client: Client, now: datetime) -> Iterator[str]:
    for certificate in client.certificates:
        try:
            check_in_force(certificate, now)
        except SignatureError:
            yield f"сертификат {certificate.serial_number:x} не действует на {now.isoformat()}"


def _bytes_of(secret: str) -> bytes | None:
    lines = [line for line in secret.splitlines() if not line.startswith("-----")]
    for text in (secret, secret.replace(" ", "+"), "".join(lines)):
        with suppress(SignatureError):
            return decode(text)
    with suppress(binascii.Error, ValueError):
        return binascii.unhexlify(secret)
    return None


def _of_kind(raw: bytes, version: Version) -> Iterator[str]:
    if version is Version.V1 and len(raw) == _RAW:
        yield "64 байта — подпись для v2; для v1 нужен PKCS#7 (CMS SignedData) в DER"
    if version is Version.V2 and raw[:1] == bytes([_DER]) and len(raw) > _RAW:
        yield "это PKCS#7, как для v1; для v2 нужны 64 байта подписи ГОСТ"
    if raw[:1] == bytes([_DER]):
        with suppress(Exception):  # damaged DER raises whatever the parser trips over
            content: Any = cms.ContentInfo.load(raw)["content"]["encap_content_info"]["content"]
            inside: object = content.native
            if isinstance(inside, bytes):
                yield f"подпись прикреплённая; в ней содержание, байт: {len(inside)}"
            else:
                yield "подпись откреплённая"


def _verifying_bytes(client: Client, raw: bytes, message: str, now: datetime) -> str | None:
    if len(raw) != _RAW:
        return None
    first, second = raw[: gost.SIZE], raw[gost.SIZE :]
    orders = {
        "64 байта в порядке КриптоПро: переверните их все": raw[::-1],
        "половины переставлены: s стоит перед r": second + first,
        "в каждой половине обратный порядок байтов: переверните обе": first[::-1] + second[::-1],
    }
    for hint, other in orders.items():
        if _verifies(client, other, message, now):
            return hint
    return None


def _near(
    client: Client, params: Mapping[str, str], version: Version, expected: list[str]
) -> list[tuple[str, str]]:
    order = V1_ORDER if version is Version.V1 else V2_ORDER
    usual = expected[0]
    variants = [
        *_other_values(order, params),
        ("на её конце перевод строки", usual + "\n"),
        *(
            (f"без {name}", _joined([one for one in order if one != name], params))
            for name in order
        ),
        ("в порядке другой версии", _joined(
            V2_ORDER if version is Version.V1 else V1_ORDER, params)),
        *(
            (f"в порядке {', '.join(names)}", _joined(names, params))
            for names in permutations(V1_ORDER)
        ),
    ]  # fmt: skip
    is_gost = any(isinstance(key_of(one), gost.PublicKey) for one in client.certificates)
    fresh = [(label, message) for label, message in variants if message not in expected]
    return fresh[: _MOST_OF_GOST if is_gost else _MOST_VARIANTS]


def _other_values(order: tuple[str, ...], params: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    time, back = params.get("timestamp", ""), params.get("redirect_uri", "")
    times = {
        "плюс в timestamp стал пробелом": time.replace("+", " "),
        "в timestamp нет смещения": time.rpartition(" ")[0],
        "смещение в timestamp написано с двоеточием": f"{time[:-2]}:{time[-2:]}",
        "timestamp закодирован": quote(time, safe=""),
    }
    for label, value in times.items():
        yield label, _joined(order, {**params, "timestamp": value})
    if "redirect_uri" in order:
        yield (
            "redirect_uri закодирован",
            _joined(order, {**params, "redirect_uri": quote(back, safe="")}),
        )


def _verifies(client: Client, raw: bytes, message: str, now: datetime) -> bool:
    secret = base64.urlsafe_b64encode(raw).decode()
    for certificate in client.certificates:
        with suppress(SignatureError, ValueError):
            check_lenient(secret, message, certificate, now)
            return True
    return False


def _joined(order: tuple[str, ...] | list[str], params: Mapping[str, str]) -> str:
    return "".join(params.get(name, "") for name in order)
