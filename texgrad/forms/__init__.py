"""The ways of writing: each module reads one construct of a term and says what it means.

A reader gets the resolver, the items of a term and a place in it; it returns the expression and the place behind it,
or None where the construct is another one. To add a form, add a module with a `read` function here.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
READERS = tuple(
    module.read
    for module in sorted(_MODULES, key=lambda module: getattr(module, "ORDER", 50))
    if hasattr(module, "read")
)
