"""What «Почему отказано» says: the rule behind each code, and what else is told of a refusal."""

from collections.abc import Mapping
from typing import Final

from esia_sim.esia_codes import Code

RULES: Final[Mapping[str, str]] = {
    Code.NO_CERTIFICATE: "для системы зарегистрирован сертификат",
    Code.WRONG_PARAMETER: "каждый параметр приходит один раз и с одним из известных значений",
    Code.DENIED: "человек разрешил доступ",
    Code.CLIENT_REFUSED: "система зарегистрирована и подписала запрос",
    Code.UNKNOWN_SCOPE: "каждая область доступа (scope) существует",
    Code.SERVER_ERROR: "сервис работает",
    Code.OVERLOADED: "сервис справляется с нагрузкой",
    Code.RESPONSE_TYPE: "response_type равен code",
    Code.BAD_GRANT: "код или refresh_token действует один раз, в свой срок и для своей системы",
    Code.GRANT_TYPE: "grant_type — один из известных",
    Code.NO_SCOPE: "в запросе есть хотя бы одна область доступа (scope)",
    Code.MISSING: "каждый обязательный параметр есть в запросе, и ровно один раз",
    Code.WRONG_TIME: "timestamp близок к часам стенда",
    Code.SCOPE_NOT_ALLOWED: "система просит только те области доступа, которые ей разрешены",
    Code.REDIRECT_URI: "адрес redirect_uri зарегистрирован для системы",
    Code.UNREADABLE: "параметры запроса можно прочесть",
    Code.NO_CHALLENGE: "code_verifier приходит только после code_challenge",
    Code.WRONG_VERIFIER: "code_verifier подходит к code_challenge из запроса кода",
    Code.NO_ONE_TIME_CODE: "одноразовый код можно отправить",
    Code.WRONG_SECRET: "запрос подписан ключом того сертификата, который в нём назван",
    Code.UNCONFIRMED: "при person_filter=conf_acc входят только с подтверждённой учётной записью",
    Code.WRONG_ROLES: "roles — из известных значений",
    Code.WRONG_OBJECT_TYPE: "obj_type — из известных значений",
    Code.WRONG_USER_TYPE: "входит человек того вида, которого ждёт система",
    Code.NOT_EMPLOYEE: "человек работает в организации, которую называет область доступа",
    Code.CLIENT_UNPROVED: "система доказала своим секретом, что это она",
    Code.NO_CONSENT_TYPE: "permissions: вид согласия назван",
    Code.UNKNOWN_CONSENT_TYPE: "permissions: вид согласия известен",
    Code.NO_OBLIGATORY_SCOPE: "permissions: обязательные области доступа названы",
    Code.PERMISSION_SCOPES: "permissions: вместе с ним scope равен openid, области — внутри него",
    Code.FORBIDDEN_SCOPES: "permissions: запрещённых областей доступа нет",
    Code.NO_ACTION: "permissions: действие названо",
    Code.UNKNOWN_ACTION: "permissions: действие известно",
    Code.NO_PURPOSE: "permissions: цель названа",
    Code.WRONG_EXPIRE: "permissions: срок expire верен",
    Code.UNKNOWN_PURPOSE: "permissions: цель известна",
    Code.ONE_PURPOSE: "permissions: цель ровно одна",
    "ESIA-005011": "access_token подписан этим стендом и выдан для этого",
    "ESIA-005013": "срок access_token не вышел по часам стенда",
    "ESIA-005029": "access_token выдан человеку, чьи данные запрошены",
}
OTHER_RULE: Final = "данные открываются своему access_token и по своему адресу"
WANTS_ESIA: Final = "система вида esia"
EXPIRED: Final = "срок вышел"
UNKNOWN: Final = "уже использован или не выдавался этим миром"


def expected_by_test(expectation: str) -> str:
    """Say which expectation of a test made it go wrong."""
    return f"так велит ожидание теста: {expectation}"


def foreign_grant(name: str, owner: str) -> dict[str, object]:
    """Say that a code or refresh token was given to another client."""
    return {"expected": f"{name} этой системы", "received": f"{name} системы {owner}"}


def over_grant(name: str) -> dict[str, object]:
    """Say that the time of a code or refresh token is over."""
    return {"expected": f"{name} в свой срок", "received": f"{name}: {EXPIRED}"}


def unknown_grant(name: str) -> dict[str, object]:
    """Say that a code or refresh token was used, or never given."""
    return {"expected": f"{name} выдан и не использован", "received": f"{name}: {UNKNOWN}"}
