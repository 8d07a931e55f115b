"""A definition in, the same out in other terms: in those of a symbol that the note differentiates by, symmetrically.

z_i = W^T x_i and p_i = s(W^T x_i): where p is differentiated by z, it is a function of z, though it is not written so.
"""

from __future__ import annotations

from dataclasses import replace

from texgrad.expr import Expr, number, substitute
from texgrad.shapes import Definition

SYMMETRIC = frozenset(("symmetric", "positive-definite", "positive-semidefinite"))
LEAVES = frozenset(("symbol", "member", "entry", "number", "zeros", "ones", "identity", "abstract"))


def folded(body: Expr, variable: Definition) -> Expr:
    """The body with the variable in the place of what it stands for, where nothing of that is left elsewhere in it."""
    if variable.body.op in LEAVES or variable.parameters:
        return body
    found = _folded(body, variable)
    return body if _names(found) & _names(variable.body) - {*variable.indices} else found


def _names(body: Expr) -> set[str]:
    return {part.name for part in body.walk() if part.op in ("symbol", "member", "call")}


def _folded(body: Expr, variable: Definition) -> Expr:
    places: dict[str, Expr] = {}
    if _matches(variable.body, body, frozenset(variable.indices), places):
        if not variable.indices:
            return Expr("symbol", (), variable.name, body.span)
        if len(places) == len(variable.indices):
            return Expr("member", tuple(places[index] for index in variable.indices), variable.name, body.span)
    args = tuple(_folded(arg, variable) for arg in body.args)
    return body if args == body.args else replace(body, args=args)


def _matches(pattern: Expr, expr: Expr, indices: frozenset[str], places: dict[str, Expr]) -> bool:
    """Whether an expression is the pattern with some values of the indices, which go into `places`."""
    if pattern.op == "symbol" and pattern.name in indices:
        return places.setdefault(pattern.name, expr) == expr
    if (pattern.op, pattern.name, len(pattern.args)) != (expr.op, expr.name, len(expr.args)):
        return False
    return all(_matches(part, other, indices, places) for part, other in zip(pattern.args, expr.args, strict=True))


def with_index(found: Definition) -> str:
    """The name of what a definition defines, with its one index: G_{i}."""
    return f"{found.name}_{{{found.indices[0]}}}" if len(found.indices) == 1 else found.name


def of_pairs(found: Definition) -> bool:
    """Whether a definition gives entries by a function that the note leaves open: k(x_i, x_j)."""
    return len(found.indices) == 2 and any(part.op == "call" for part in found.body.walk())


def evenly(found: Definition) -> Definition:
    """The entries k(x_i, x_j) of a symmetric matrix, the same ones for i, j and for j, i."""
    first, second = (Expr("symbol", (), index) for index in found.indices)
    turned = substitute(found.body, {first.name: second, second.name: first})
    return replace(found, body=Expr("divide", (Expr("sum", (found.body, turned)), number(2))))
