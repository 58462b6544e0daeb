"""What an order of a certificate refuses."""

from zdrav29_app.errors.root import CabinetError


class CertificateRefused(CabinetError):
    """A rule stands in the way of an order."""


class AlreadyOrdered(CertificateRefused):
    """A certificate of this kind is being made; `number` says which."""

    code = "CERT-301"

    def __init__(self, number: str = "") -> None:
        super().__init__()
        self.number = number


class NoClinicToAsk(CertificateRefused):
    """The patient is attached to no clinic, so there is nobody to make it."""

    code = "CERT-302"


class NotForThisAge(CertificateRefused):
    """A certificate of this kind is not given at this age."""

    code = "CERT-303"


class TooLateToCancelOrder(CertificateRefused):
    """The clinic has answered, or the order was cancelled before."""

    code = "CERT-304"
