"""Letters: SMTP in production; in a demo the phone of the simulator takes them."""

from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import aiosmtplib

from zdrav29_app import spans
from zdrav29_app.errors import GatewayError
from zdrav29_app.gateways.sms import post
from zdrav29_app.texts.common import SERVICE

PERMANENT_FROM = 500


async def send(url: str, *, sender: str, to: str, subject: str, text: str, key: str = "") -> None:
    """Hand one letter to the neighbour behind `url` (smtp://, smtps:// or http://).

    `key` is what the simulator asks for beyond loopback.

    Raises:
        GatewayError: it did not take it; permanent when it says that the letter is wrong.
    """
    if urlsplit(url).scheme in ("http", "https"):
        letter = {"channel": "email", "to": to, "subject": subject, "text": text, "from": SERVICE}
        await post(url, letter, key=key)
        return
    await _send_by_smtp(url, _letter(sender, to, subject, text))


def _letter(sender: str, to: str, subject: str, text: str) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = f"{SERVICE} <{sender}>", to, subject
    letter.set_content(text)
    return letter


async def _send_by_smtp(url: str, letter: EmailMessage) -> None:
    server = urlsplit(url)
    try:
        with spans.call("SMTP", url):
            await aiosmtplib.send(
                letter,
                hostname=server.hostname,
                port=server.port,
                username=unquote(server.username) if server.username else None,
                password=unquote(server.password) if server.password else None,
                use_tls=server.scheme == "smtps",
            )
    except aiosmtplib.SMTPResponseException as error:
        reason = f"SMTP {error.code}"
        raise GatewayError(reason, permanent=error.code >= PERMANENT_FROM) from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise GatewayError(type(error).__name__, permanent=False) from None
