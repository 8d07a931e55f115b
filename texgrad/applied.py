"""Members of a chain in, the same with g'(f) written as g'(f(x)) out, where the chain has f(x): that value is meant."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import NoteError
from texgrad.expr import Expr

TAKING = frozenset(("call", "primed"))


def applied(members: Sequence[Expr | NoteError]) -> list[Expr | NoteError]:
    """A function of no formula that stands alone as an argument is its value at the one point that the chain names."""
    values: dict[str, set[Expr]] = {}
    for member in members:
        for part in member.walk() if isinstance(member, Expr) else ():
            if part.op == "call" and part.args:
                values.setdefault(part.name, set()).add(part)
    known = {name: found.pop() for name, found in values.items() if len(found) == 1}
    return [_applied(member, known) if known and isinstance(member, Expr) else member for member in members]


def _applied(expr: Expr, values: dict[str, Expr]) -> Expr:
    if expr.op in TAKING and len(expr.args) == 1 and expr.args[0].op == "symbol" and expr.args[0].name in values:
        return Expr(expr.op, (values[expr.args[0].name],), expr.name, expr.span)
    return expr.rebuild(lambda part: _applied(part, values))
