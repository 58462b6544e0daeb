"""Words of «Мои документы» and of one document."""

import re
from datetime import date, datetime

from zdrav29_app.papers import DocumentFormat, DocumentKind, DocumentStatus
from zdrav29_app.texts import formats

# the list
KINDS = {
    DocumentKind.LAB: "Протокол лабораторного исследования",
    DocumentKind.INSTRUMENTAL: "Протокол инструментального исследования",
    DocumentKind.CONSULTATION: "Протокол консультации",
    DocumentKind.OUTPATIENT: "Эпикриз амбулаторный",
    DocumentKind.DISCHARGE: "Эпикриз в стационаре выписной",
    DocumentKind.REFERRAL: "Направление",
    DocumentKind.PRESCRIPTION: "Рецепт",
    DocumentKind.VACCINATION: "Сертификат профилактических прививок",
    DocumentKind.CERTIFICATE: "Медицинская справка",
    DocumentKind.CONCLUSION: "Медицинское заключение",
    DocumentKind.OTHER: "Другой документ",
}
FORMATS = {DocumentFormat.PDF: "PDF", DocumentFormat.JPG: "JPG", DocumentFormat.XML: "XML"}
STATUSES = {
    DocumentStatus.CURRENT: ("Действует", "good"),
    DocumentStatus.ANNULLED: ("Аннулирован", "danger"),
}
FILTER = "Найти документ"
FROM, UNTIL, KIND, DOCTOR = "Дата с", "Дата по", "Тип документа", "Врач"
INSTITUTION, FORMAT, WORDS = "Медучреждение", "Формат", "Слова в названии"
ANY_KIND, ANY_DOCTOR, ANY_INSTITUTION, ANY_FORMAT = "Любой", "Любой", "Любое", "Любой"
MORE_FILTERS = "Ещё условия"
FIND = "Показать документы"
RESET = "Сбросить всё"
NONE = "Документов пока нет"
NONE_REASON = "Они появляются здесь после того, как врач их подпишет."
NOTHING = "По этим условиям ничего не нашлось"
NOTHING_REASON = "Уберите часть условий или начните заново."
OPEN, DOWNLOAD, REPORT = "Открыть", "Скачать", "Сообщить об ошибке"
UPLOAD = "Загрузить документ"
NEW = "новый"
OWN = "Загружен вами"
HIDDEN = "Скрыт от других"
DAMAGED = "Файл повреждён"
PAGES = "Страницы списка"
PREVIOUS, NEXT = "Назад", "Дальше"

# one document
DOCUMENT = "Документ"
TITLE = "Документ — Здрав29"
NO_DOCUMENT = "Такого документа у вас нет"
NO_DOCUMENT_REASON = "Проверьте адрес или найдите документ в списке."
ALL = "Все документы"
ABOUT = "О документе"
TYPE, ISSUED, SIGNED, WHERE, STATUS, FILE = (
    "Тип",
    "Дата",
    "Подписал",
    "Медучреждение",
    "Статус",
    "Файл",
)
VERSIONS = "Версии"
PLACES = {
    "title": "Название",
    "patient": "Пациент",
    "author": "Врач",
    "institution": "Медучреждение",
}
IN_TEXT, WAS, NOW, NOT_THERE = "В тексте", "Было", "Стало", "—"
NO_CHANGES = (
    "Сравнить эти версии по словам нельзя или слова в них те же. Откройте обе и посмотрите сами."
)
SHOWN_VERSION = "Вы смотрите не последнюю версию."
LAST_VERSION = "Открыть последнюю"
NEW_TAB = "Открыть в новой вкладке"
PDF_HINT = "Если документ не виден, откройте его в новой вкладке или скачайте."
ANNULLED = "Документ аннулирован"
ANNULLED_TEXT = "Клиника отозвала его. Он хранится здесь, но силы не имеет."
BROKEN = "Файл повреждён, показать его нельзя"
BROKEN_TEXT = "Таким он пришёл из клиники. Сообщите об ошибке, и клиника пришлёт исправный."
CODE_WORD, CODE = "Код ", "DOC-415"
PRINT = "Распечатать"
ZOOM_IN, ZOOM_OUT, TURN, FIT = "Увеличить", "Уменьшить", "Повернуть", "Как было"
PICTURE_HINT = "С клавиатуры: плюс и минус меняют размер, R поворачивает, стрелки двигают."
SOURCE = "Исходный файл"
SHEET = {  # words of the page that a structured document becomes: gateways/cda_page.xslt
    "patient": "Пациент",
    "made": "Составлен",
    "institution": "Медучреждение",
    "author": "Врач",
    "notes": "Сноски",
    "table": "Таблица",
    "picture": "рисунок есть только в скачанном файле",
    "new-tab": "Откроется в новой вкладке",
}
SOURCE_LEAD = "Файл в том виде, в котором его прислала клиника."
SOURCE_LARGE = "Файл слишком большой, чтобы показать его здесь. Скачайте его."
RESULTS = "Показатели"
TEST, RESULT, RANGE, VERDICT, CHANGE = "Показатель", "Результат", "Норма", "Оценка", "Раньше"
VERDICTS = {"L": "ниже нормы", "H": "выше нормы", "N": "в норме", "": "норма не указана"}
OUTSIDE_ADVICE = (
    "Отклонение само по себе ещё не болезнь: результат оценивает врач вместе с жалобами и осмотром."
)
TREND = "Как менялось"
WHAT_IS_IT = "Что это"
TERMS = {
    "HGB": "Белок, который переносит кислород. Низкий бывает при нехватке железа.",
    "RBC": "Красные клетки крови, в них находится гемоглобин.",
    "WBC": "Белые клетки крови, защищают от инфекций.",
    "PLT": "Клетки, которые помогают крови сворачиваться.",
    "ESR": "Скорость, с которой оседают красные клетки. Растёт при воспалении.",
    "GLU": "Сахар крови. Показывает, как организм усваивает углеводы.",
    "CHOL": "Жироподобное вещество. Высокий холестерин вредит сосудам.",
    "CREA": "По нему судят, как работают почки.",
    "ALT": "Фермент печени. Растёт, когда печени трудно.",
    "FERR": "Запас железа в организме.",
    "LDL": "«Плохой» холестерин: откладывается в стенках сосудов.",
    "HDL": "«Хороший» холестерин: защищает сосуды.",
    "TRIG": "Жиры крови, зависят от питания.",
}
WORDS_EXPLAINED = {
    "эпикриз": "Эпикриз — итог лечения: что нашли, что сделали, что делать дальше.",
    "анамнез": "Анамнез — что было раньше: болезни, операции, как началось.",
    "протокол": "Протокол — запись врача о приёме или исследовании.",
}

# who has looked, and hiding
WHO_LOOKED = "Кто смотрел"
YOU = "вы"
ACTS = {
    "document_opened": "открытие",
    "document_downloaded": "скачивание",
    "document_quoted": "сведения из него показаны на другой странице",
    "document_hidden": "скрыт от других",
    "document_shown": "снова виден другим",
    "document_uploaded": "загрузка",
}
HIDE = "Скрыть от других"
SHOW = "Снова показывать"
HIDE_HINT = "Скрытый документ видите только вы: ни родственники, ни представители."
HIDDEN_NOW = "Документ скрыт. Его видите только вы."
SHOWN_NOW = "Документ снова виден тем, кому вы открыли кабинет."

# reporting an error
REPORT_TITLE = "Сообщить об ошибке"
REPORT_KIND = "Что не так"
REPORT_KINDS = {
    "not_mine": "Документ не мой",
    "wrong": "Ошибка в данных",
    "unreadable": "Не открывается или не читается",
    "other": "Другое",
}
REPORT_FIELD = "Где ошибка"
WHOLE = "Весь документ"
REPORT_TEXT = "Опишите ошибку"
REPORT_HINT = "Что написано и как должно быть. Обращение увидит поддержка и передаст клинике."
SEND = "Отправить"
REPORT_PHOTO = "Фото (необязательно)"
REPORT_PHOTO_NAME = "Фото к сообщению об ошибке"
REPORT_PHOTO_HINT = "JPG до 15 МБ: снимок бумажного документа или экрана. Данные о съёмке удалим."
SENT = "Сообщение отправлено"
MY_REPORTS = "Мои сообщения об ошибке"
BACK = "Вернуться к документу"


# adding one's own
UPLOAD_LEAD = (
    "Скан или фото документа, который выдали на бумаге. Его увидите вы и ваши представители."
)
NAME, DAY, CHOOSE = "Название", "Дата документа", "Файл"
NAME_HINT = "Например: «Выписка из больницы». Диагноз писать не нужно."
CHOOSE_HINT = "PDF или JPG до 15 МБ. Данные о съёмке мы удалим."
SEND_FILE = "Загрузить"
ON_ITS_WAY = "Отправляем:"
STOP = "Прервать отправку"
LOST = "Связь прервалась, файл не отправлен"
LOST_TEXT = "Всё, что вы заполнили, осталось. Когда связь появится, нажмите кнопку ещё раз."
LOST_CODE = "DOC-408"


# results and the record on one page
NO_RESULTS = "Результатов пока нет"
NO_RESULTS_REASON = "Они появятся здесь, когда лаборатория пришлёт первый анализ."
RESULTS_LEAD = "Последнее значение каждого показателя."
OUTSIDE, INSIDE = "Вне нормы", "В норме"
OPEN_DOCUMENT = "Открыть документ"
PATIENT, BORN, POLICY, CLINIC = "Пациент", "Дата рождения", "Полис ОМС", "Поликлиника"
UNKNOWN = "не указано"
OBSERVED = "Диспансерное наблюдение"
ALLERGIES = "Аллергии"
NO_ALLERGIES = "Клиники не передали сведений. Об аллергии скажите врачу сами."
VACCINATIONS = "Прививки"
VISITS = "Приёмы"
LAST_DOCUMENTS = "Последние документы"
NOTHING_KNOWN = "Сведений нет."
NO_DIAGNOSES = "Под наблюдением не состоит."


def new_documents(count: int) -> str:
    """«3 новых документа»."""
    return formats.plural(count, "новый документ", "новых документа", "новых документов")


def observed(diagnosis: str, since: date) -> str:
    """«Гипертоническая болезнь, с 20.10.2025»."""
    return f"{diagnosis}, с {formats.numeric_date(since)}"


def found(count: int) -> str:
    """«Найдено 12 документов»."""
    return f"Найдено: {formats.plural(count, 'документ', 'документа', 'документов')}"


def counted(label: str, count: int) -> str:
    """A line of a filter with how many it would give: «Справка (3)»."""
    return f"{label} ({count})"


def act_name(act: str, name: str, day: date) -> str:
    """The accessible name of an act: «Открыть: Общий анализ крови, 20 ноября 2026»."""
    return f"{act}: {name}, {formats.day_month(day)} {day.year}"


def size(count: int) -> str:
    """«24 КБ», «14,3 МБ»."""
    if count < 1000 * 1000:
        return f"{max(round(count / 1000), 1)}{formats.NBSP}КБ"
    return f"{count / 1_000_000:.1f}".replace(".", ",") + f"{formats.NBSP}МБ"


def file_line(of: DocumentFormat, count: int) -> str:
    """«PDF, 24 КБ»."""
    return f"{FORMATS[of]}, {size(count)}"


def page_of(number: int, last: int) -> str:
    """«Страница 2 из 3»."""
    return f"Страница {number} из {last}"


def version(number: int) -> str:
    """«Версия 2»."""
    return f"Версия {number}"


def version_line(number: int, moment: datetime, change: str) -> str:
    """«Версия 2, 12.03.2026. Исправлена дата.»."""
    line = f"{version(number)}, {formats.numeric_date(moment.date())}"
    return f"{line}. {change}" if change else line


def changed_since(number: int) -> str:
    """«Что изменилось после версии 1»."""
    return f"Что изменилось после версии {number}"


def measured(value_: float, unit: str, low: float | None, high: float | None) -> str:
    """«104 г/л, норма 120–150»."""
    known = f", норма {bounds(low, high)}" if (low, high) != (None, None) else ""
    return f"{value(value_)}{formats.NBSP}{unit}{known}"


def alt(kind: DocumentKind, day: date, doctor: str) -> str:
    """What a picture of a document is, for who does not see it."""
    who = f", {doctor}" if doctor else ""
    return f"{KINDS[kind]}, {formats.numeric_date(day)}{who}"


def file_name(name: str, day: date, of: DocumentFormat) -> str:
    """A name for the file on a disk: «Общий анализ крови 2026-11-20.xml»."""
    plain = re.sub(r"[^\w .,()-]", " ", name.replace("№", "N"))
    return f"{' '.join(plain.split())[:80].strip(' .')} {day.isoformat()}.{of}"


def value(number: float) -> str:
    """«4,8»."""
    return f"{number:g}".replace(".", ",")


def bounds(low: float | None, high: float | None) -> str:
    """«120–150», «до 33», «от 1,2»."""
    if low is None and high is None:
        return "—"
    if low is None:
        return f"до {value(high or 0)}"
    if high is None:
        return f"от {value(low)}"
    return f"{value(low)}–{value(high)}"


def reported(number: str, until: datetime) -> str:
    """What comes next, after reporting."""
    return (
        f"Обращение №{formats.NBSP}{number}. Ответим до {formats.day_month(until.date())}. "
        "Ответ появится здесь и в «Обратной связи»."
    )


def report_about(name: str, day: date, field: str, kind: str) -> str:
    """What support reads first: the document, the place in it, the kind of error."""
    place = f", {field}" if field else ""
    return f"Документ от {formats.numeric_date(day)}: {name}{place}. {REPORT_KINDS[kind]}"


def explained(words: str) -> list[str]:
    """Plain words for the terms that occur in a text."""
    low = words.lower()
    return [meaning for term, meaning in WORDS_EXPLAINED.items() if term in low]
