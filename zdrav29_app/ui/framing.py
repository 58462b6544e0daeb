"""A page without scripts inside a page of ours: in a sandbox, and as high as what it holds."""

from zdrav29_app.ui.typing import Component, Words, el, rx

# no scripts, no forms; of one origin, so that it has our fonts and this page can measure and
# print it; its links open beside the cabinet, as pages like any other
SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-modals"

# at its arrival and whenever its width changes. The frame is watched, not the page inside: a page
# that has left its frame would be reported as changed for ever
_AS_HIGH_AS_ITS_PAGE = """((frame) => {
  if (!frame || frame.onload) return
  const fit = () => {
    const page = frame.contentDocument?.body
    if (page?.childElementCount) frame.style.height = `${page.offsetHeight + 2}px`
  }
  frame.onload = fit
  new ResizeObserver(() => requestAnimationFrame(fit)).observe(frame)
})"""


def framed_page(src: Words, *, title: Words, id: str) -> Component:  # noqa: A002  # as in HTML
    """A page of this house that may start nothing; `id` is for `print_button`."""
    return el.iframe(
        src=src,
        title=title,
        sandbox=SANDBOX,
        id=id,
        class_name="sheet",
        custom_attrs={"ref": rx.Var(_AS_HIGH_AS_ITS_PAGE)},
    )
