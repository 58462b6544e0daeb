"""Whose certificates are trusted on the way out."""

import ssl
from functools import cache

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The authorities of this machine, read once.

    Each client would read them anew, and every page would wait meanwhile.
    """
    return httpx.create_ssl_context()
