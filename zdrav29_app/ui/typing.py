"""Names for Reflex's loose types, so that the kit and the pages can be read."""

from typing import Any, TypeAlias

import reflex as rx

Component: TypeAlias = rx.Component
Words: TypeAlias = Any
"""Text for a person: a string or a var of one."""
Handler: TypeAlias = Any
"""An event handler, called or not."""

el: Any = rx.el  # its members are generated and have no useful types
