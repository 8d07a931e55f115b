"""The body of a definition in, the letters out that are numbers in it: \\lambda (w^T w - 1), w^T x_i + b."""

from __future__ import annotations

from collections.abc import Iterator

from texgrad.expr import Expr
from texgrad.typography import letter


def scalars(body: Expr) -> Iterator[str]:
    """The names of symbols that multiply the difference of a square and a number, or are added to a product w^T x."""
    for part in body.walk():
        if part.op == "product" and any(map(_is_constraint, part.args)):
            yield from (arg.name for arg in part.args if arg.op == "symbol")
        if part.op == "sum" and any(map(_is_inner, part.args)):
            yield from (arg.name for arg in part.args if arg.op == "symbol")


def _is_constraint(expr: Expr) -> bool:
    terms = [term.args[0] if term.op == "neg" else term for term in expr.args] if expr.op == "sum" else []
    return len(terms) == 2 and any(map(_is_square, terms)) and any(term.op == "number" for term in terms)


def _is_square(expr: Expr) -> bool:
    """x^T x, x^T M x, |x|^2."""
    if expr.op == "power":
        return expr.args[0].op == "norm" and expr.args[1] == Expr("number", (), "2")
    first, last = (expr.args[0], expr.args[-1]) if expr.op == "product" else (expr, expr)
    return first.op == "transpose" and first.args[0] == last


def _is_inner(expr: Expr) -> bool:
    """w^T x_i, of vectors."""
    if expr.op != "product" or len(expr.args) != 2 or expr.args[0].op != "transpose":
        return False
    factors = (expr.args[0].args[0], expr.args[1])
    return all(part.op in ("symbol", "member") and letter(part.name).islower() for part in factors)
