"""Members of a chain in, the same with functions that stand alone as their values out: g'(f) is g'(f(x)) there."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.errors import NoteError
from texgrad.expr import Expr

POINT = "\N{INCREMENT}"  # the argument of a formula for a function
TAKING = frozenset(("call", "primed", "vec", "differential"))  # d vec F = DF(X) d vec X


def applied(members: Sequence[Expr | NoteError]) -> list[Expr | NoteError]:
    """A function of no formula that stands alone as an argument is its value at the one point that the chain names."""
    values: dict[str, set[Expr]] = {}
    for member in members:
        for part in member.walk() if isinstance(member, Expr) else ():
            if part.op == "call" and part.args:
                values.setdefault(part.name, set()).add(part)
    known = {name: found.pop() for name, found in values.items() if len(found) == 1}
    bare = _bare(members[0]) if isinstance(members[0], Expr) else {}
    return [_at_point(_applied(member, known), bare) if (known or bare) and isinstance(member, Expr) else member
            for member in members]  # fmt: skip


def _bare(head: Expr) -> dict[Expr, Expr]:
    """\\sigma and its value at a number, where a chain begins with \\sigma' alone: \\sigma' = \\sigma (1 - \\sigma)."""
    if head.op != "primed" or len(head.args) != 2 or head.args[0].op != "symbol":
        return {}
    name, point = head.name.split()[0], head.args[0]
    return {Expr("symbol", (), name): _at_point(head.args[1], {Expr("symbol", (), POINT): point})}


def _at_point(expr: Expr, values: dict[Expr, Expr]) -> Expr:
    return values.get(expr) or expr.rebuild(lambda part: _at_point(part, values))


def _applied(expr: Expr, values: dict[str, Expr]) -> Expr:
    if expr.op in TAKING and len(expr.args) == 1 and expr.args[0].op == "symbol" and expr.args[0].name in values:
        return Expr(expr.op, (values[expr.args[0].name],), expr.name, expr.span)
    return expr.rebuild(lambda part: _applied(part, values))
