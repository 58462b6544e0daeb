"""What can go wrong with a medical document."""

from zdrav29_app.errors.root import CabinetError

UPLOAD = "/documents/upload"
"""The page to try another file on, unless whoever refuses knows of another one."""


class DocumentDamaged(CabinetError):
    """The file cannot be shown: it came damaged, or is not what was put into the store."""

    code = "DOC-415"


class FilesSilent(CabinetError):
    """The store of documents does not answer."""

    code = "DOC-503"


class FileTooLarge(CabinetError):
    """A file to be added is larger than `limit` bytes."""

    code = "DOC-413"

    def __init__(self, limit: int = 0) -> None:
        super().__init__()
        self.limit = limit
        self.page = UPLOAD


class ReportEmpty(CabinetError):
    """A report of an error in a document has no words."""

    code = "DOC-421"


class FileRefused(CabinetError):
    """A file to be added is no PDF or JPG, is locked, broken, or has too many pages."""

    code = "DOC-422"

    def __init__(self) -> None:
        super().__init__()
        self.page = UPLOAD
