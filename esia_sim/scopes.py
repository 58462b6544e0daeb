"""Scopes of ESIA: what each lets a client system read, and the words of the consent page.

Source: esia-protocol.md §5.1.
"""

from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs

# A token names what it opens of an organisation so, on the test stand as well.
PREFIX: Final = "http://esia.gosuslugi.ru/"
OF_ORGANISATIONS: Final = {
    "org_shortname": "Краткие названия ваших организаций",
    "org_fullname": "Полные названия ваших организаций",
    "org_type": "Виды ваших организаций",
    "org_ogrn": "ОГРН ваших организаций",
    "org_inn": "ИНН ваших организаций",
    "org_leg": "Организационно-правовые формы ваших организаций",
    "org_kpp": "КПП ваших организаций",
    "org_oktmo": "ОКТМО ваших организаций",
    "org_ctts": "Контакты ваших организаций",
    "org_addrs": "Адреса ваших организаций",
    "org_brhs": "Филиалы ваших организаций",
    "org_brhs_ctts": "Контакты филиалов ваших организаций",
    "org_brhs_addrs": "Адреса филиалов ваших организаций",
    "org_emps": "Сотрудники ваших организаций",
}
# Asks, without the person, for data that she let a system have before (ЦПГ).
CHANGE_OF_CONSENT: Final = "prm_chg"
TITLES: Final = {
    **OF_ORGANISATIONS,
    "openid": "Вход через вашу учётную запись",
    "fullname": "Фамилия, имя и отчество",
    "birthdate": "Дата рождения",
    "gender": "Пол",
    "snils": "СНИЛС",
    "inn": "ИНН",
    "birthplace": "Место рождения",
    "id_doc": "Документ, удостоверяющий личность, и гражданство",
    "email": "Адрес электронной почты",
    "mobile": "Номер мобильного телефона",
    "contacts": "Телефоны и адреса электронной почты",
    "addresses": "Адреса регистрации и проживания",
    "vehicles": "Транспортные средства",
    "drivers_licence_doc": "Водительское удостоверение",
    "foreign_passport_doc": "Заграничный паспорт",
    "medical_doc": "Полис обязательного медицинского страхования",
    "military_doc": "Военный билет",
    "birth_cert_doc": "Свидетельство о рождении",
    "residence_doc": "Вид на жительство",
    "temporary_residence_doc": "Разрешение на временное проживание",
    "usr_org": "Организации, в которых вы работаете",
    "kid_fullname": "Фамилии, имена и отчества ваших детей",
    "kid_birthdate": "Даты рождения ваших детей",
    "kid_gender": "Пол ваших детей",
    "kid_snils": "СНИЛС ваших детей",
    "kid_inn": "ИНН ваших детей",
    "kid_birth_cert_doc": "Свидетельства о рождении ваших детей",
    "kid_medical_doc": "Полисы ваших детей",
    "kid_mobile": "Телефоны ваших детей",
    "kid_email": "Адреса электронной почты ваших детей",
    "bio": "Биометрические данные",
    "ext_auth_result": "Результат проверки биометрии",
}

DOCUMENT_TYPES: Final = {
    "id_doc": ("RF_PASSPORT", "FID_DOC"),
    "drivers_licence_doc": ("RF_DRIVING_LICENSE",),
    "foreign_passport_doc": ("FRGN_PASS",),
    "medical_doc": ("MDCL_PLCY",),
    "military_doc": ("MLTR_ID",),
    "birth_cert_doc": ("BRTH_CERT",),
}

CONTACT_TYPES: Final = {
    "email": ("EML",),
    "mobile": ("MBT",),
    "contacts": ("MBT", "EML"),
}


def allowed_types(scopes: frozenset[str], table: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """Return the types of items that these scopes open, by one of the tables above."""
    return frozenset(kind for scope in scopes for kind in table.get(scope, ()))


def bare(name: str) -> str:
    """Return the scope's own name, without ESIA's prefix and without whose it is."""
    return name.removeprefix(PREFIX).partition("?")[0]


def organisation(name: str) -> str:
    """Return the oid of the organisation that a scope names, empty when it names none."""
    return parse_qs(name.partition("?")[2]).get("org_oid", [""])[0]


def owner(name: str) -> str:
    """Return the oid of the person that a scope names, empty when it names none."""
    return parse_qs(name.partition("?")[2]).get("oid", [""])[0]


def asked_by(request: Mapping[str, str]) -> str:
    """Return all that an authorization request asks the person for, separated by spaces."""
    of_organisations = [bare(name) for name in request.get("scope_org", "").split()]
    return " ".join(dict.fromkeys([*request.get("scope", "").split(), *of_organisations]))
