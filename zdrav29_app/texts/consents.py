"""The documents a person consents to, by purpose and version; an old version is never edited.

Source of what must stand in one: 152-FZ, article 9 part 4 (read 2026-11).
"""

from dataclasses import dataclass

from zdrav29_app.texts import common


@dataclass(frozen=True)
class Document:
    """One version of one document. `points` are headings with their text."""

    title: str
    since: str
    lead: str
    points: tuple[tuple[str, str], ...]


DOCUMENTS = {
    ("cabinet", 1): Document(
        title="Согласие на обработку персональных данных в кабинете пациента",
        since="Редакция 1, действует с 23 ноября 2026 года",
        lead=(
            "Я свободно, своей волей и в своём интересе разрешаю оператору обрабатывать мои "
            "персональные данные на условиях ниже."
        ),
        points=(
            (
                "Кто обрабатывает",
                (
                    "Оператор учебного стенда «Здрав29» и медицинские организации области, "
                    "в которые я обращаюсь через кабинет."
                ),
            ),
            (
                "Зачем",
                (
                    "Чтобы записать меня к врачу, показать мои записи и медицинские документы и "
                    "сообщить о них мне."
                ),
            ),
            (
                "Какие данные",
                (
                    "Фамилия, имя, отчество, дата рождения, пол, СНИЛС, номер полиса, телефон, "
                    "электронная почта, сведения о записях, приёмах и медицинских документах."
                ),
            ),
            (
                "Что с ними делают",
                (
                    "Получают из ЕСИА и медицинских организаций, записывают, хранят, уточняют, "
                    "показывают мне, передают выбранной мной медицинской организации, удаляют."
                ),
            ),
            (
                "Сколько времени",
                (
                    "Пока согласие не отозвано. После отзыва данные кабинета удаляются за 30 дней; "
                    "медицинские документы остаются в медицинских организациях по закону."
                ),
            ),
            (
                "Как отозвать",
                (
                    "В разделе «Мои данные» одной кнопкой или по телефону "
                    f"{common.SUPPORT_PHONE}. После отзыва кабинет закрывается, записи к врачу "
                    "остаются в силе."
                ),
            ),
        ),
    ),
}


def current(purpose: str) -> Document:
    """The newest version of the document of a purpose."""
    return DOCUMENTS[max(key for key in DOCUMENTS if key[0] == purpose)]
