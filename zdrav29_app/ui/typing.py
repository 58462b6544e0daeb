"""Names for Reflex's loose types, so that the kit and the pages can be read."""

from typing import Any, TypeAlias

import reflex

rx: Any = reflex  # its members are lazy or generated, and have no usable types
el: Any = rx.el
Component: TypeAlias = reflex.Component
Words: TypeAlias = Any
"""Text for a person: a string or a var of one."""
Handler: TypeAlias = Any
"""An event handler, called or not."""
