"""HAR 1.2 as types: what must be there, what may, and nothing else.

Source: HAR 1.2 Spec, Jan Odvarko, http://www.softwareishard.com/blog/har-12-spec/, read 2026-11-26.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, alias_generator=to_camel)


class Named(Strict):
    name: str
    value: str
    comment: str | None = None


class Cookie(Named):
    path: str | None = None
    domain: str | None = None
    expires: str | None = None
    http_only: bool | None = None
    secure: bool | None = None


class PostedParams(Strict):
    """Posted parameters; a plain text would stand instead of them, never beside them."""

    mime_type: str
    params: list[Named]


class Request(Strict):
    method: str
    url: str
    http_version: str
    cookies: list[Cookie]
    headers: list[Named]
    query_string: list[Named]
    post_data: PostedParams | None = None
    headers_size: int
    body_size: int


class Content(Strict):
    size: int
    compression: int | None = None
    mime_type: str
    text: str | None = None
    encoding: Literal["base64"] | None = None


class Response(Strict):
    status: int
    status_text: str
    http_version: str
    cookies: list[Cookie]
    headers: list[Named]
    content: Content
    redirect_url: str = Field(alias="redirectURL")
    headers_size: int
    body_size: int


class Timings(Strict):
    send: float
    wait: float
    receive: float


class Entry(Strict):
    started_date_time: datetime
    time: float
    request: Request
    response: Response
    cache: dict[str, Any]
    timings: Timings
    comment: str | None = None


class Creator(Strict):
    name: str
    version: str


class Log(Strict):
    version: Literal["1.2"]
    creator: Creator
    pages: list[dict[str, Any]]
    entries: list[Entry]


class Har(Strict):
    log: Log


def read_har(text: str) -> Har:
    """Read an archive.

    Raises:
        pydantic.ValidationError: it is none; says where.
    """
    return Har.model_validate_json(text)
