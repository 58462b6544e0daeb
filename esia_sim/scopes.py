"""Scopes of ESIA: what each lets a client system read, and the words of the consent page.

Source: shared/reference/esia-protocol.md §5.1.
"""

from typing import Final

TITLES: Final = {
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
