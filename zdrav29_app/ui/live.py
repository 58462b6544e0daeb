"""Where the browser itself must act: hooks written from Python, the only ones of the house."""

from reflex_base.vars.base import VarData

from zdrav29_app.ui.typing import Words, rx

# a component that reads it is drawn again the moment the address changes
address: Words = rx.Var(
    "(location.pathname + location.search)",
    _var_data=VarData(
        imports={"react-router": "useLocation"}, hooks={"const location = useLocation()": None}
    ),
)
"""Path and query of the page as the browser shows them now."""
