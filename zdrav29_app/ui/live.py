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

_COUNTDOWN = """
const [secondsLeft, setSecondsLeft] = useState(0)
useEffect(() => {{
  const end = Date.now() + {seconds} * 1000
  const tick = () => setSecondsLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)))
  tick()
  const timer = setInterval(tick, 500)
  return () => clearInterval(timer)
}}, [{seconds}, {restart}])
"""
_CLOCK = "`${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, '0')}`"


def countdown(words: str, seconds: Words, *, restart: Words) -> Words:
    """Words with the time left, ticking in the browser; empty at the end.

    Counted from the moment the value arrives, so a wrong clock does no harm; a change of
    `restart` begins anew. One of them per component: its names are fixed.
    """
    hook = _COUNTDOWN.format(seconds=str(seconds), restart=str(restart))
    imports = VarData(imports={"react": ["useState", "useEffect"]}, hooks={hook: None})
    own = [var._get_all_var_data() for var in (seconds, restart)]  # noqa: SLF001
    return rx.Var(
        f"(secondsLeft > 0 ? `{words}` + {_CLOCK} : ``)", _var_data=VarData.merge(*own, imports)
    )
