"""The operation table: every module of this package states operations, and the tables here are read off them.

To add an operation, add an `Op` to the `OPS` of a module here (or add a module); nothing else needs to change.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from texgrad.ops.table import Op

TABLE: dict[str, Op] = {}
for _module in sorted(iter_modules(__path__), key=lambda module: module.name):
    for _op in getattr(import_module(f"{__name__}.{_module.name}"), "OPS", ()):
        if _op.name in TABLE:
            raise ValueError(f"operation {_op.name} is stated twice")
        TABLE[_op.name] = _op


def _spellings(form: str) -> dict[str, str]:
    """Spelling -> operation name; a word is known as tr, \\tr and \\operatorname{tr}."""
    found: dict[str, str] = {}
    for op in TABLE.values():
        if op.form != form:
            continue
        for spelling in op.spellings:
            found.setdefault(spelling, op.name)
            if spelling.isalnum() and not spelling.isdigit():
                found.setdefault(f"\\{spelling}", op.name)
                found.setdefault(f"\\operatorname{{{spelling}}}", op.name)
    return found


WORDS = _spellings("function")
INFIX = _spellings("infix")
CONSTANTS = _spellings("constant")
