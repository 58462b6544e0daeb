"""What can go wrong with a medical document."""

from zdrav29_app.errors.root import CabinetError


class DocumentDamaged(CabinetError):
    """The file cannot be shown: it came damaged, or is not what was put into the store."""

    code = "DOC-415"


class FilesSilent(CabinetError):
    """The store of documents does not answer."""

    code = "DOC-503"
