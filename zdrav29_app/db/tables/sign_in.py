"""Ways to ESIA and signed-in browsers."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Column, false
from sqlmodel import Field, SQLModel

from zdrav29_app.db.columns import moment


class SignInAttempt(SQLModel, table=True):
    """One way to ESIA and back. A row is consumed by the callback and never used twice."""

    __tablename__: ClassVar[Any] = "sign_in_attempt"

    id: int | None = Field(default=None, primary_key=True)
    state_hash: str = Field(unique=True)
    browser_hash: str
    going_to: str
    steps_up: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(optional=True)


class WebSession(SQLModel, table=True):
    """A signed-in browser. Only the hash of its cookie is kept; revoking is an update.

    `acting_for` is whose cabinet is open in it, None for the person's own.
    `factors` is how many of them ESIA asked for (1 when it does not say). `changes` names the
    fields of the patient that this sign-in brought up to date.
    """

    __tablename__: ClassVar[Any] = "web_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    patient_id: int = Field(foreign_key="patient.id", index=True)
    ip: str
    user_agent: str
    acting_for: int | None = Field(default=None, foreign_key="patient.id")
    device_hash: str = ""
    is_new_device: bool = False
    factors: int = 1
    by_signature: bool = False
    changes: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    created_at: datetime = moment()
    seen_at: datetime = moment()
    expires_at: datetime = moment()
    revoked_at: datetime | None = moment(optional=True)
