"""Names and switches for Reflex; everything else is in zdrav29_app/settings.py."""

import os

import reflex as rx

from zdrav29_app.framework import AnyAddress, OwnWords
from zdrav29_app.settings import settings
from zdrav29_app.texts import common, pages

os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "0")

config = rx.Config(
    app_name="zdrav29_app",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    default_color_mode="system",
    state_manager_mode="redis" if settings.redis_url else "memory",
    redis_url=settings.redis_url or None,
    redis_token_expiration=900,  # page state is disposable: what matters is in the database
    cors_allowed_origins=settings.origins,
    frontend_compression_formats=["brotli", "gzip"],
    trusted_proxy_hops=settings.trusted_proxy_hops,
    plugins=[
        AnyAddress(),
        OwnWords(
            title=pages.BROKEN_TITLE,
            text=pages.BROKEN + common.SUPPORT_PHONE,
            new_version=pages.NEW_VERSION,
            reload=pages.RELOAD,
        ),
    ],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
