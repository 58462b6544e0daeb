"""What the outside may set: environment variables read once into one frozen `settings`.

Names and defaults are the table in README.md; a test keeps the two equal.
"""

import os
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import AliasChoices, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

DEMO_OPERATOR = "1000000114"  # Ольга of the cast
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class Mode(StrEnum):
    """How much the stand may show: a demo tells its secrets, production never does."""

    DEMO = "demo"
    PRODUCTION = "production"


class EsiaProtocol(StrEnum):
    """Versions of ESIA's protocol: the first signs with RSA here, the second with GOST."""

    V1 = "v1"
    V2 = "v2"


class Settings(BaseSettings):
    """All settings of the cabinet. Lifetimes end in their unit, addresses in no slash."""

    model_config = SettingsConfigDict(
        env_prefix="ZDRAV29_",
        frozen=True,
        extra="ignore",
        secrets_dir=os.environ.get("ZDRAV29_SECRETS_DIR") or None,
    )

    host: str = Field("127.0.0.1", description="address the cabinet listens on")
    port: int = Field(2900, ge=1, le=65535, description="port the cabinet listens on")
    public_url: str = Field("", description="address in the browser; default from the port")
    mode: Mode = Field(Mode.DEMO, description="demo or production")
    stand: str = Field("", pattern=r"^\w*$", description="suffix of cookie names; default the port")
    data_dir: Path = Field(Path("var"), description="folder of database, keys and reports")
    database_url: str = Field("", description="SQLAlchemy address; default SQLite in the data dir")
    redis_url: str = Field("", description="Redis for what several workers share; default none")
    workers: int = Field(1, ge=1, le=64, description="processes of the cabinet; several need Redis")

    esia_url: str = Field(
        "http://localhost:2910",
        validation_alias=AliasChoices("ZDRAV29_ESIA_URL", "ESIA_SIM_PUBLIC_URL"),
        description="ESIA as the browser and the cabinet reach it",
    )
    esia_issuer: str = Field(
        "http://esia-portal1.test.gosuslugi.ru/", description="`iss` that ESIA's tokens must carry"
    )
    esia_protocol: EsiaProtocol = Field(
        EsiaProtocol.V1, description="v1 signs with RSA, v2 with GOST; tokens likewise"
    )
    esia_client_id: str = Field("ZDRAV29", description="mnemonic of this system at ESIA")
    esia_client_key: Path | None = Field(None, description="PEM key that signs requests to ESIA")
    esia_client_certificate: Path | None = Field(None, description="PEM certificate to that key")
    esia_certificate: Path | None = Field(None, description="PEM certificate of ESIA's token key")

    esia_extensions: bool | None = Field(
        None, description="whether ESIA knows the simulator's extensions; default in demo only"
    )

    operators: str = Field(
        "", pattern=r"^[\d, ]*$", description="ESIA oids of operators; demo default the cast's"
    )

    demo_key: str = Field(
        "",
        repr=False,
        validation_alias=AliasChoices("ZDRAV29_DEMO_KEY", "ESIA_SIM_KEY"),
        description="key of the demo controls beyond loopback; that of the simulator",
    )

    files_url: str = Field("", description="store of documents, s3://bucket; default in data dir")
    files_key: str = Field("", repr=False, description="master keys of documents, newest first")

    backup_dir: Path | None = Field(None, description="folder of backups; default in data dir")
    backup_keep: int = Field(14, ge=1, description="how many backups stay, the newest ones")
    backup_recipient: str = Field(
        "", description="age public key that backups are encrypted to; a demo makes its own"
    )

    sms_url: str = Field("", description="HTTP gateway of SMS; demo default the simulator's phone")
    smtp_url: str = Field("", description="smtp://user:password@host:port; demo default as for SMS")
    mail_from: str = Field("zdrav29@zdrav29.example", description="sender of letters")

    metrics_dir: Path | None = Field(
        None, description="where several workers of a machine count together; empty before a start"
    )
    metrics_key: str = Field(
        "", repr=False, description="bearer token of /metrics; without one this machine only"
    )
    alert_url: str = Field("", repr=False, description="webhook told of services that change")

    traces_url: str = Field(
        "",
        repr=False,
        pattern=r"^(https?://.+)?$",
        description="where traces go by OTLP over HTTP, such as http://host:4318/v1/traces",
    )

    secrets_dir: Path | None = Field(
        None, description="folder of files named like settings that hold their values"
    )
    session_idle_minutes: int = Field(30, ge=1, description="session ends after so long idle")
    session_hours: int = Field(12, ge=1, description="session ends at the latest after so long")
    trusted_proxy_hops: int = Field(0, ge=0, description="proxies in front whose headers count")

    @model_validator(mode="after")
    def _refuse_workers_that_share_nothing(self) -> Self:
        if self.workers > 1 and not self.redis_url:
            raise ValueError("ZDRAV29_WORKERS above 1 needs ZDRAV29_REDIS_URL")
        return self

    @model_validator(mode="after")
    def _refuse_demo_secrets_in_production(self) -> Self:
        if self.mode is Mode.PRODUCTION:
            if not self.public_url.startswith("https://"):
                raise ValueError("ZDRAV29_PUBLIC_URL must be https in production")
            if self.esia_client_key is None or self.esia_certificate is None:
                raise ValueError(
                    "ZDRAV29_ESIA_CLIENT_KEY and ZDRAV29_ESIA_CERTIFICATE are required"
                )
            if not (self.sms_url and self.smtp_url):
                raise ValueError("ZDRAV29_SMS_URL and ZDRAV29_SMTP_URL are required in production")
            if not self.files_key:
                raise ValueError("ZDRAV29_FILES_KEY is required in production")
        return self

    @cached_property
    def origin(self) -> str:
        """Scheme, host and port under which browsers see the cabinet."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @cached_property
    def origins(self) -> list[str]:
        """Origins whose pages may open the websocket: ours, on loopback by either name."""
        url = urlsplit(self.origin)
        if url.hostname not in LOOPBACK_HOSTS:
            return [self.origin]
        port = f":{url.port}" if url.port else ""  # a browser leaves out the usual one, as we do
        return [f"{url.scheme}://{host}{port}" for host in ("localhost", "127.0.0.1")]

    @cached_property
    def is_https(self) -> bool:
        """Whether browsers reach us over TLS: decides `Secure` cookies and HSTS."""
        return self.origin.startswith("https://")

    @cached_property
    def is_demo(self) -> bool:
        """Whether demo people and demo controls exist."""
        return self.mode is Mode.DEMO

    @cached_property
    def knows_extensions(self) -> bool:
        """Whether ESIA understands the parameters and claims that only the simulator has."""
        return self.is_demo if self.esia_extensions is None else self.esia_extensions

    @cached_property
    def operator_oids(self) -> frozenset[int]:
        """Who may work at the desk, by ESIA oid."""
        written = self.operators or (DEMO_OPERATOR if self.is_demo else "")
        return frozenset(map(int, written.replace(",", " ").split()))

    @cached_property
    def session_cookie(self) -> str:
        """Name of the session cookie; carries the stand, because cookies ignore ports."""
        return self._cookie("")

    @cached_property
    def attempt_cookie(self) -> str:
        """Name of the cookie that binds a sign-in attempt to one browser."""
        return self._cookie("_attempt")

    @cached_property
    def device_cookie(self) -> str:
        """Name of the cookie by which a browser is known again at the next sign-in."""
        return self._cookie("_device")

    @cached_property
    def way_cookie(self) -> str:
        """Name of the cookie that remembers how to sign in next time."""
        return self._cookie("_way")

    @cached_property
    def database(self) -> str:
        """SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'zdrav29.sqlite').resolve()}"

    @cached_property
    def client_key_file(self) -> Path:
        """PEM private key of this client system."""
        return self.esia_client_key or self._own_key(".key")

    @cached_property
    def client_certificate_file(self) -> Path:
        """PEM certificate of this client system, as registered at ESIA."""
        return self.esia_client_certificate or self._own_key(".crt")

    @cached_property
    def esia_certificate_file(self) -> Path:
        """PEM certificate that verifies ESIA's tokens; read late, the simulator makes its own."""
        name = "token.crt" if self.esia_protocol is EsiaProtocol.V1 else "token.gost.crt"
        return self.esia_certificate or self.data_dir / "esia" / name

    def _own_key(self, suffix: str) -> Path:
        kind = "" if self.esia_protocol is EsiaProtocol.V1 else "_gost"
        return self.data_dir / "keys" / f"esia_client{kind}{suffix}"

    @cached_property
    def files_key_file(self) -> Path:
        """Master keys of documents where none are set, a line each: made by the demo itself."""
        return self.data_dir / "keys" / "files.key"

    def _cookie(self, purpose: str) -> str:
        prefix = "__Host-" if self.is_https else ""
        return f"{prefix}zdrav29{purpose}_{self.stand or self.port}"


settings = Settings()  # pyright: ignore[reportCallIssue]  every field has a default
