"""The front door: pages, endpoints, guard, the one error exit, worker, probes → `app`."""

# ruff: noqa: E402  what is loaded below stays: looking it through again and again slows the start
import gc

gc.disable()

from zdrav29_app import alarm, logs, pages, probes, pulse, spans, watcher, worker
from zdrav29_app.demo import together
from zdrav29_app.endpoints import api
from zdrav29_app.endpoints.measuring import measure
from zdrav29_app.endpoints.pages import protect
from zdrav29_app.endpoints.proxied import behind_proxies
from zdrav29_app.settings import settings
from zdrav29_app.state.session import SessionGuard
from zdrav29_app.state.shell import tell
from zdrav29_app.ui.typing import rx

app = rx.App(
    html_lang="ru",
    toaster=None,
    app_wraps=pages.wraps(),
    stylesheets=pages.STYLESHEETS,
    head_components=pages.head(),
    api_transformer=[api, protect, measure, behind_proxies],
    backend_exception_handler=tell,
)
app.add_middleware(SessionGuard())
app.register_lifespan_task(worker.run)
app.register_lifespan_task(probes.run)
app.register_lifespan_task(watcher.run)
app.register_lifespan_task(alarm.run)
app.register_lifespan_task(together.run)
app.register_lifespan_task(pulse.run)
app.register_lifespan_task(spans.sending)
for page in pages.ALL:
    app.add_page(page.component, route=page.route, title=page.title, on_load=page.on_load)
logs.set_up(as_json=not settings.is_demo)
gc.enable()
gc.freeze()  # nor is it looked through while a patient waits
