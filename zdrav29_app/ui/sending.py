"""A form with a file, sent by the browser itself: how far it is, and what went wrong on the way.

The endpoint answers JSON: where to go, or a refusal. The form stays as it was filled in.
"""

from collections.abc import Mapping
from typing import Any

from zdrav29_app.ui.controls import button
from zdrav29_app.ui.messages import alert
from zdrav29_app.ui.typing import Component, el, rx

SILENCE_SECONDS = 20

_SENDING = """((piece) => {{
  const form = piece?.closest("form")
  if (!form || form.onsubmit) return
  const [bar, share, stop] = ["progress", "b", "button"].map((tag) => piece.querySelector(tag))
  const box = piece.querySelector("[role=alert]")
  const refuse = (words) => {{
    form.dataset.sending = "refused"
    Object.assign(box.dataset, {{ code: words.code, requestId: words.request_id ?? "" }})
    box.querySelectorAll("[data-part]").forEach((at) => (at.textContent = words[at.dataset.part]))
    box.tabIndex = -1
    box.focus()
  }}
  const lost = () => {{
    const details = `${{piece.dataset.code}} · ${{new Date().toLocaleString("ru-RU")}}`
    refuse({{ ...piece.dataset, details }})
  }}
  form.onsubmit = (event) => {{
    event.preventDefault()
    if (form.dataset.sending === "now") return
    const request = new XMLHttpRequest()
    let silence
    const heard = (part) => {{
      clearTimeout(silence)
      silence = setTimeout(() => (request.abort(), lost()), {silence} * 1000)
      share.textContent = `${{Math.floor((bar.value = part) * 100)}} %`
    }}
    request.upload.onprogress = ({{ loaded, total }}) => heard(loaded / total)
    request.onloadend = () => clearTimeout(silence)
    request.onerror = lost
    request.onload = () => {{
      if (!request.response) return lost()
      if (request.status >= 400 && request.response.title) return refuse(request.response)
      if (request.status < 400) sessionStorage.removeItem(form.dataset.draftKey)
      location.assign(request.response.href)
    }}
    stop.onclick = () => (request.abort(), (form.dataset.sending = ""))
    request.open("POST", form.action)
    request.responseType = "json"
    request.setRequestHeader("Accept", "application/json")
    request.send(new FormData(form))
    form.dataset.sending = "now"
    heard(0)
  }}
}})"""


def sending(*, words: str, stop: str, lost: Mapping[str, str]) -> Component:
    """The part of such a form that sends it. `lost` has title, text and code of a lost connection.

    It is seen while the form is on its way (`data-sending="now"`) or was refused (`"refused"`).
    """
    told: dict[str, Any] = {f"data-{key}": value for key, value in lost.items()}
    on_its_way = el.div(
        el.label(words, " ", el.b(), html_for="sent-share"),
        el.progress(max=1, value=0, id="sent-share"),
        el.div(button(stop)),
        class_name="on-its-way stack-8",
    )
    title, text, details = (el.span(custom_attrs={"data-part": part}) for part in _PARTS)
    refusal = alert(title, text, el.p(details), rx.fragment(), code="", request_id="")
    look: Any = rx.Var(_SENDING.format(silence=SILENCE_SECONDS))
    return el.div(on_its_way, refusal, ref=look, class_name="sending", custom_attrs=told)


_PARTS = ("title", "text", "details")
