"""Each statement as a step of its use case, for traces: its text, with marks where values go."""

from typing import Any

from sqlalchemy import Engine, TextClause, event
from sqlalchemy.engine import ExceptionContext

from zdrav29_app import spans

LONGEST = 1000
_TOLD = "zdrav29_told"


def tell_statements(engine: Engine) -> None:
    """From now on statements of this engine are told, as long as they belong to something."""
    event.listen(engine, "before_cursor_execute", _begin)
    event.listen(engine, "after_cursor_execute", _end)
    event.listen(engine, "handle_error", _fail)


def _begin(
    _connection: Any, _cursor: Any, statement: str, _parameters: Any, context: Any, _many: object
) -> None:
    facts = {"db.system.name": context.dialect.name}
    if context.compiled and not isinstance(context.compiled.statement, TextClause):
        # only what is composed keeps its values apart; written by hand it may hold one
        facts["db.query.text"] = statement[:LONGEST]
    name = statement.split(maxsplit=1)[0].upper()
    told = spans.begin_part(name, facts, kind=spans.Kind.CLIENT)
    setattr(context, _TOLD, told)


def _end(
    _connection: Any, _cursor: Any, _statement: str, _parameters: Any, context: Any, _many: object
) -> None:
    spans.end(getattr(context, _TOLD), {}, failed=False)


def _fail(failure: ExceptionContext) -> None:
    told = getattr(failure.execution_context, _TOLD, None)
    spans.end(told, {"error.type": type(failure.original_exception).__name__}, failed=True)
