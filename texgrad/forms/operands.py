"""A term and a place behind a differential operator in, what the operator acts on out, and the place behind that."""

from __future__ import annotations

from collections.abc import Sequence

from texgrad.expr import Expr

CLOSED = frozenset(("norm", "log", "power", "sum_over", "divide", "sqrt", "det", "trace", "logsumexp", "exp"))


def operand(r, items: Sequence[Expr], at: int, variable: Expr | None = None) -> tuple[Expr, int]:
    """A group alone, the symbol of a function alone, else all that follows: \\nabla f g is g times \\nabla f."""
    head = items[at]
    if head.op == "nabla" or (head.op == "sub" and head.args[0].op == "nabla"):
        return r.factor(items, at)
    if variable is not None and _all_functions(r, items[at:], variable):
        return r.term(items[at:]), len(items)
    if items[at].op == "group":
        return _grouped(r, items, at)
    return _target(r, items, at)


def _all_functions(r, items: Sequence[Expr], variable: Expr) -> bool:
    """\\nabla_x u v of scalar functions of x: an author who meant (\\nabla_x u) v would have put v in front."""
    symbols = [r.scope.symbol(item.name) for item in items if item.op == "symbol"]
    return 2 <= len(items) == len(symbols) and all(
        variable.name in symbol.arguments and symbol.kind in ("scalar", "function", "unknown") for symbol in symbols
    )


def _grouped(r, items: Sequence[Expr], at: int) -> tuple[Expr, int]:
    """A group alone, the symbol of a function alone, else all that follows: \\nabla f g is g times \\nabla f."""
    rest = items[at + 1 :]
    if items[at].name == "[" or not rest or rest[0].op == "mark":
        return r.factor(items, at)
    return r.term(items[at:]), len(items)


def _target(r, items: Sequence[Expr], at: int) -> tuple[Expr, int]:
    head = items[at]
    factor, end = r.factor(items, at)
    lone = factor.op in ("symbol", "call") and (r.scope.is_function(factor.name) or r.guess(factor) != "vector")
    if factor.op == "symbol" and "constant" in r.scope.symbol(factor.name).properties and end < len(items):
        lone = False  # \nabla \lambda w^T w: nobody differentiates a constant alone
    if lone and not (head.op == "symbol" and r.guess(factor) == "matrix"):
        return factor, end
    if factor.op in CLOSED and r.guess(factor) == "scalar" and (end >= len(items) or items[end].op == "mark"):
        return factor, end
    return r.term(items[at:]), len(items)
