"""The log: one line per event with its request id; JSON in production, words in a demo.

Our lines are words with `name=value` behind them; in JSON those pairs are fields of their own.
"""

import logging
import re
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

from zdrav29_app import framework

_PAIR = re.compile(r"\b(\w+)=(\S+)")
_BEFORE = ("timestamp", "level", "logger", "event")


def set_up(*, as_json: bool) -> None:
    """Write the log to stderr, without the secrets and personal data that browsers send."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    for handler in root.handlers:
        handler.setFormatter(formatter(as_json=as_json))
        for each in framework.log_filters():
            handler.addFilter(each)
    logging.getLogger("zdrav29_app").setLevel(logging.INFO)


def formatter(*, as_json: bool) -> logging.Formatter:
    """How a record becomes a line."""
    last: list[Any] = [_divide, _as_json] if as_json else [_as_words]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            *last,
        ],
    )


def _divide(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Make fields of the `name=value` pairs of a line."""
    words = str(line["event"])
    pairs = {name: value for name, value in _PAIR.findall(words) if name not in _BEFORE}
    return {**line, **pairs, "event": _PAIR.sub("", words).strip()}


_as_json = structlog.processors.JSONRenderer(ensure_ascii=False)


def _as_words(_: WrappedLogger, __: str, line: EventDict) -> str:
    trace = line.pop("exception", "")
    shown = f"{line['timestamp']} {line['level'].upper()} {line.get('logger', '')} {line['event']}"
    rest = "".join(
        f" {name}={value}"
        for name, value in line.items()
        if name not in _BEFORE and f"{name}=" not in str(line["event"])
    )
    return f"{shown}{rest}\n{trace}" if trace else f"{shown}{rest}"
