"""The pages of medical documents."""

import re
from pathlib import Path

from playwright.sync_api import FilePayload, FrameLocator, Locator, Page, Route, expect

from tests.e2e.accessibility import expect_accessible
from tests.e2e.screens.screen import Screen


class DocumentsScreen(Screen):
    """The list with its filter."""

    address = "/documents"
    heading = "Мои документы"

    @property
    def items(self) -> Locator:
        """The documents of this page of the list."""
        return self.main.locator("ul.papers > li")

    def find(self, **fields: str) -> None:
        """Fill the filter by its labels and search."""
        for label, value in fields.items():
            field = self.main.get_by_label(label.replace("_", " "), exact=True)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)
        before = self.page.url
        self.main.get_by_role("button", name="Показать документы").click()
        expect(self.page).not_to_have_url(before)
        self.wait_ready()

    def open_document(self, name: str) -> "DocumentScreen":
        """Follow «Открыть» of the first document of this name."""
        self._link_to(name).click()
        return DocumentScreen(self.page, name).arrived()

    def address_of(self, name: str) -> str:
        """Where «Открыть» of the first document of this name leads."""
        return self._link_to(name).get_attribute("href") or ""

    def _link_to(self, name: str) -> Locator:
        named = re.compile(f"^Открыть: {re.escape(name)}")
        return self.main.get_by_role("link", name=named).first

    def download(self, name: str, folder: Path) -> tuple[str, bytes]:
        """Press «Скачать»: the name the browser gives the file, and its bytes."""
        with self.page.expect_download() as started:
            self.main.get_by_role("link", name=re.compile(f"^Скачать: {name}")).first.click()
        file = folder / "downloaded"
        started.value.save_as(file)
        return started.value.suggested_filename, file.read_bytes()

    def upload(self, name: str, file_name: str, content: bytes) -> None:
        """Go to «Загрузить документ», fill the form in, send it."""
        self.main.get_by_role("link", name="Загрузить документ").click()
        expect(self.page.get_by_role("heading", level=1, name="Загрузить документ")).to_be_visible()
        self.wait_ready()
        self.main.get_by_label("Название").fill(name)
        file = FilePayload(name=file_name, mimeType="application/octet-stream", buffer=content)
        self.main.get_by_label("Файл").set_input_files(file)
        self.main.get_by_role("button", name="Загрузить").click()

    def expect_found(self, count: int) -> None:
        """The number of results is announced."""
        expect(self.main.get_by_role("status").filter(has_text="Найдено")).to_contain_text(
            re.compile(rf"\b{count}\s")
        )


class DocumentScreen(Screen):
    """One document."""

    def __init__(self, page: Page, name: str = "") -> None:
        super().__init__(page)
        self.heading = name
        self.address = ""

    @property
    def id(self) -> int:
        """The id in its address."""
        found = re.search(r"/documents/(\d+)", self.page.url)
        assert found
        return int(found[1])

    @property
    def view(self) -> Locator:
        """The document itself."""
        return self.main.get_by_role("region", name="Документ", exact=True)

    @property
    def words(self) -> FrameLocator:
        """A structured document as a page, in its frame."""
        return self.view.frame_locator("iframe")

    def expect_page_accessible(self) -> None:
        """The page in the frame has no violation either.

        Axe needs timers, which the sandbox takes away, so it looks at the same page without one.
        """
        self.words.locator("main").wait_for()
        address = next(one.url for one in self.page.frames if "/readable" in one.url)
        alone = self.page.context.new_page()
        alone.set_viewport_size(self.page.viewport_size or {"width": 1280, "height": 844})
        alone.route(address, _without_policy)
        alone.goto(address)
        expect_accessible(alone)
        alone.close()

    def expect_damaged(self) -> None:
        """It says that it cannot be shown."""
        expect(self.refusal).to_have_attribute("data-code", "DOC-415")
        expect(self.refusal).to_contain_text("Файл повреждён")

    def report(
        self, text: str, *, kind: str = "Ошибка в данных", photo: bytes | None = None
    ) -> None:
        """Go to the form, fill it in, send it."""
        self.main.get_by_role("link", name=re.compile("^Сообщить об ошибке: ")).first.click()
        ReportScreen(self.page).arrived().send(text, kind=kind, photo=photo)


def _without_policy(route: Route) -> None:
    answer = route.fetch()
    headers = {"content-type": answer.headers["content-type"]}
    route.fulfill(status=answer.status, headers=headers, body=answer.body())


class ReportScreen(Screen):
    """Telling of an error in a document."""

    heading = "Сообщить об ошибке"

    def send(self, text: str, *, kind: str, photo: bytes | None = None) -> None:
        """Fill the form in and send it."""
        self.main.get_by_label("Что не так").select_option(label=kind)
        self.main.get_by_label("Опишите ошибку").fill(text)
        if photo:
            file = FilePayload(name="photo.jpg", mimeType="image/jpeg", buffer=photo)
            self.main.get_by_label("Фото").set_input_files(file)
        self.main.get_by_role("button", name="Отправить").click()
