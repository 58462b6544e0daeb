"""Where the browser itself must act: hooks written from Python, every moment of a page.

Hooks stand here, in drafts.py, framing.py and sending.py, at most 80 lines each, and nowhere else.
"""

from typing import Any

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

clock: Words = rx.Var("new Date().toLocaleString('ru-RU')").to(str)
"""The moment at which this piece of the page was drawn, as the browser's clock shows it."""


def _at_once(act: str) -> dict[str, Any]:
    # not `on_mount`: its hook would be the page's own and run whether the piece is shown or not
    once = "if (!piece || piece.dataset.acted) return; piece.dataset.acted = true;"
    return {"ref": rx.Var(f"((piece) => {{ {once} {act} }})")}


prints_at_once = _at_once("window.print()")
"""Attributes of a piece of a page that opens the browser's own printing when it appears."""

focused_at_once = _at_once("piece.focus()")
"""Attributes of a row of a list that is focused when it appears; `set_focus` finds no rows."""

seen_at_once = _at_once("piece.scrollIntoView({ block: 'nearest' })")
"""Attributes of a piece that comes into sight when it appears, wherever the reader is."""

_TICKING = """
const [{left}, {set_left}] = useState(-1)
useEffect(() => {{
  if ({seconds} <= 0) {{ {set_left}(-1); return }}
  const key = `{name}:${{{restart}}}:${{{seconds}}}`
  const ends = (globalThis.ends ??= {{}})
  const end = (ends[key] ??= Date.now() + {seconds} * 1000)
  const tick = () => {set_left}(Math.max(0, Math.ceil((end - Date.now()) / 1000)))
  tick()
  const timer = setInterval(tick, 500)
  return () => clearInterval(timer)
}}, [{seconds}, {restart}])
"""


def seconds_left(name: str, seconds: Words, *, restart: Words) -> Words:
    """How many of these seconds are left, ticking in the browser; -1 when there were none.

    Counted from the moment the value arrives, so a wrong clock does no harm; a change of
    `restart` begins anew. `name` tells several of them on one page apart.
    """
    left = f"{name}Left"
    # every piece of a page that shows the time has a hook of its own; the end is common to them
    hook = _TICKING.format(
        name=name,
        left=left,
        set_left=f"set_{left}",
        seconds=str(seconds),
        restart=str(restart),
    )
    ticking = VarData(imports={"react": ["useState", "useEffect"]}, hooks={hook: None})
    own = [var._get_all_var_data() for var in (seconds, restart)]  # noqa: SLF001
    return rx.Var(left, _var_type=int, _var_data=VarData.merge(*own, ticking)).to(int)


def minutes_and_seconds(left: Words) -> Words:
    """Seconds as a clock shows them: «1:59»."""
    expression = f"`${{Math.floor({left} / 60)}}:${{String({left} % 60).padStart(2, '0')}}`"
    return rx.Var(expression, _var_data=left._get_all_var_data()).to(str)  # noqa: SLF001
