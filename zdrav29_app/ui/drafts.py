"""What was typed and not sent: kept in the tab of the browser, by hooks written from Python."""

from typing import Any

from reflex_base.vars.base import VarData

from zdrav29_app.ui.typing import Words, rx
from zdrav29_app.values import NOBODY

_DRAFT = """((form) => {{
  const key = `draft:${{{name}}}`, owner = {owner}, accepted = {accepted}
  if (!form || !owner) return
  const seen = (globalThis.drafts ??= {{}})
  if ((seen[key] ??= accepted) !== accepted) sessionStorage.removeItem(key)
  seen[key] = accepted
  if (form.dataset.draft === owner) return
  form.dataset.draft = owner
  form.dataset.draftKey = key
  const isKept = ({{ name, type }}) => name && type !== "hidden" && type !== "file"
  const fields = () => [...form.elements].filter(isKept)
  const side = ({{ type }}) => (type === "checkbox" || type === "radio" ? "checked" : "value")
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "null")
  if (kept && kept.owner !== owner && kept.owner !== "{nobody}") sessionStorage.removeItem(key)
  else fields().forEach((field, at) => {{
    if (kept?.values[at]?.[0] === field.name) field[side(field)] = kept.values[at][1]
  }})
  form.oninput = () => {{
    const values = fields().map((field) => [field.name, field[side(field)]])
    sessionStorage.setItem(key, JSON.stringify({{ owner, values }}))
  }}
}})"""


def draft(name: Words, *, owner: Words, accepted: Words) -> dict[str, Any]:
    """Attributes of a form whose entries outlive a reload, a lost connection and a new sign-in.

    They stay in this tab of the browser until `accepted` changes, and are given back to the same
    `owner` only; what `NOBODY` typed is given to whoever comes next in this tab. As long as the
    owner is not known (empty) nothing happens.
    """
    parts = [rx.Var.create(part) for part in (name, owner, accepted)]
    words = {key: str(part) for key, part in zip(("name", "owner", "accepted"), parts, strict=True)}
    data = VarData.merge(*[part._get_all_var_data() for part in parts])  # noqa: SLF001
    return {"ref": rx.Var(_DRAFT.format(nobody=NOBODY, **words), _var_data=data)}


_FORGET = """
useEffect(() => {
  if (new URLSearchParams(location.search).has("next")) return
  const drafts = Object.keys(sessionStorage).filter((key) => key.startsWith("draft:"))
  drafts.forEach((key) => sessionStorage.removeItem(key))
}, [])
"""

no_drafts: Words = rx.Var(
    "'forgotten'",
    _var_data=VarData(imports={"react": "useEffect"}, hooks={_FORGET: None}),
).to(str)
"""Where it stands all drafts are forgotten, unless the address says that a person comes back."""
